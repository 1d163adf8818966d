package io.aifs.server.pack;

import io.aifs.crypto.DomainId;
import io.aifs.server.file.Disk;
import io.aifs.server.model.PackId;

/** Where compaction puts its packs: beside the store's own, which only puts append to. */
record NewPacks(
    Disk disk, DomainId domain, PackSet packs, int packBytesMax, PackAppender.NewPack newPack) {

  /** A writer of a new pack, of which readers know nothing. */
  PackWriter begin() throws java.io.IOException {
    PackId id = newPack.ids().get();
    PackFile pack = packs.add(id);
    boolean created = false;
    try {
      PackWriter writer = PackWriter.create(disk, pack, newPack.header().apply(id));
      created = true;
      return writer;
    } finally {
      if (!created) {
        packs.drop(pack);
      }
    }
  }
}
