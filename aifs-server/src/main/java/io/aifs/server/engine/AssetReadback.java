package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.NamespaceRow;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Reads assets back, and tells what is wrong with those that are not what their ids say. */
final class AssetReadback {
  private final AssetService assets;
  private final AssetVerifier verifier;
  private final AssetCheck parts;

  AssetReadback(AssetService assets, AssetCheck parts) {
    this.assets = assets;
    this.verifier = new AssetVerifier(assets);
    this.parts = parts;
  }

  /**
   * Reads all of an asset.
   *
   * @throws AifsException.NotFound if it is unknown or deleted
   */
  Optional<DamagedAsset> whole(NamespaceRow namespace, AssetRow row, ChunkProbe probe) {
    AssetVerifier.Verdict verdict = verifier.verify(namespace, row.id());
    return verdict.valid()
        ? parts.check(namespace, row, probe) // its embeddings
        : Optional.of(damaged(namespace, row, verdict.message(), probe));
  }

  /** Reads a range of an asset: its chunks are compared with their digests. */
  Optional<DamagedAsset> range(
      NamespaceRow namespace, AssetRow row, long offset, long length, ChunkProbe probe) {
    try {
      assets.reader(namespace, row).read(offset, length, (_, _, _) -> {});
      return Optional.empty();
    } catch (AifsException.Corrupt e) {
      return Optional.of(damaged(namespace, row, String.valueOf(e.getMessage()), probe));
    } catch (IOException e) {
      String what = String.valueOf(Failures.reading(row.id(), e).getMessage());
      return Optional.of(damaged(namespace, row, what, probe));
    }
  }

  /** By now what was met is hidden, so that a check of the parts finds all that is hit. */
  private DamagedAsset damaged(
      NamespaceRow namespace, AssetRow row, String message, ChunkProbe probe) {
    Digest id = row.id();
    String what = "asset " + id + " is damaged: " + message;
    return parts
        .check(namespace, row, probe)
        .map(
            found ->
                new DamagedAsset(id, "asset-damaged", what, found.places(), found.chunkAbsent()))
        .orElseGet(() -> new DamagedAsset(id, "asset-damaged", what, Set.of(), false));
  }
}
