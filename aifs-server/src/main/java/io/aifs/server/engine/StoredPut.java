package io.aifs.server.engine;

import io.aifs.crypto.Digest;
import io.aifs.server.model.LivePack;
import java.util.List;
import java.util.Optional;

/**
 * A batch whose contents are stored, ready for a catalog write.
 *
 * @param ids the asset of each entry, in order; empty for links and directories
 * @param packs to be recorded by that write
 * @param recorded to be run when it has
 */
public record StoredPut(
    AssetPut put, List<Optional<Digest>> ids, List<LivePack> packs, Runnable recorded) {
  public StoredPut {
    ids = List.copyOf(ids);
    packs = List.copyOf(packs);
  }
}
