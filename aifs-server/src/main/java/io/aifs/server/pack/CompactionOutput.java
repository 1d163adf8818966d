package io.aifs.server.pack;

import io.aifs.server.model.LivePack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The packs that one compaction writes. Not thread-safe. */
final class CompactionOutput {
  private final NewPacks newPacks;
  private final List<PackWriter> writers = new ArrayList<>();
  private @Nullable PackWriter current;

  CompactionOutput(NewPacks newPacks) {
    this.newPacks = newPacks;
  }

  /** Appends one whole record and returns its location. */
  long append(byte[] bytes, int offset, RecordHeader header) throws IOException {
    PackWriter open = current;
    if (open == null || !open.fits(1, header.totalBytes(), newPacks.packBytesMax())) {
      if (open != null) {
        open.seal();
      }
      open = newPacks.begin();
      writers.add(open);
      current = open;
    }
    return open.append(bytes, offset, header.totalBytes(), List.of(header)).getFirst().location();
  }

  /** Seals all packs and makes them durable. */
  List<LivePack> finish() throws IOException {
    List<LivePack> packs = new ArrayList<>();
    if (current != null) {
      current.seal();
    }
    for (PackWriter writer : writers) {
      writer.syncFile(true);
      writer.close();
      packs.add(new LivePack(writer.pack().id(), newPacks.domain(), writer.length(), true));
    }
    return packs;
  }

  /** Deletes what was written. */
  void discard() {
    for (PackWriter writer : writers) {
      newPacks.packs().drop(writer.pack());
      writer.discard();
    }
  }
}
