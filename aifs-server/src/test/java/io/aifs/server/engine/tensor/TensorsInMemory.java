package io.aifs.server.engine.tensor;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.AssetService;
import io.aifs.server.engine.ContentReader;
import io.aifs.server.engine.CountedChunks;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** Assets in memory that can be looked into, and whose chunks are counted as they are read. */
final class TensorsInMemory {
  static final NamespaceRow NAMESPACE =
      new NamespaceRow(
          1,
          Name.DEFAULT_NAMESPACE,
          "",
          Instant.EPOCH,
          Map.of(),
          DomainId.parse("d0".repeat(16)),
          ChunkerParameters.DEFAULT);

  private final CountedChunks chunks = new CountedChunks();
  private final Map<Digest, ContentReader> assets = new HashMap<>();
  private final TensorService service = new TensorService(this::open);

  private ContentReader open(NamespaceRow namespace, Digest asset) {
    ContentReader found = assets.get(asset);
    if (found == null) {
      throw AssetService.unknown(namespace, asset);
    }
    return found;
  }

  /** Puts a file, cut around its tensors. */
  Digest put(SafetensorsFile file) {
    return put(file.bytes(), file.cuts());
  }

  Digest put(byte[] content, IntUnaryOperator cuts) {
    ContentReader asset = chunks.asset(content, cuts);
    assets.put(asset.info().id(), asset);
    return asset.info().id();
  }

  CountedChunks chunks() {
    return chunks;
  }

  TensorService service() {
    return service;
  }

  /** Throws once it was asked so many times. */
  static Runnable wantedFor(int times) {
    int[] left = {times};
    return () -> {
      if (left[0]-- == 0) {
        throw new AifsException.Unavailable(Reason.CANCELLED, "nobody waits any more", "", null);
      }
    };
  }
}
