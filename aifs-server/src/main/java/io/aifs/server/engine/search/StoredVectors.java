package io.aifs.server.engine.search;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.FloatVectors;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.chunk.ChunkDamagedException;
import io.aifs.server.chunk.ChunkSource;
import io.aifs.server.engine.ChunkStores;
import io.aifs.server.pack.DamagedRecordException;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what is embedded from the chunk stores. Thread-safe. */
final class StoredVectors {
  private final ChunkStores chunks;

  StoredVectors(ChunkStores chunks) {
    this.chunks = chunks;
  }

  /**
   * The vectors of some embeddings, by the digest of their chunk. What was removed meanwhile is
   * absent, and what does not read back: indexes leave that out too, and {@code fsck} tells.
   */
  Map<Digest, float[]> read(NamespaceRow namespace, Collection<EmbeddingRow> rows) {
    Set<Digest> wanted = new HashSet<>();
    rows.forEach(row -> wanted.add(row.content()));
    ChunkSource from = chunks.of(namespace.domain()); // not to push content out of memory
    Map<Digest, float[]> vectors = new HashMap<>();
    Map<Digest, byte[]> read;
    try {
      read = readable(from, wanted);
    } catch (IOException e) {
      throw unavailable(e);
    }
    for (EmbeddingRow row : rows) {
      byte[] bytes = read.get(row.content());
      if (bytes != null && bytes.length == row.dimension() * Float.BYTES) {
        var _ = vectors.computeIfAbsent(row.content(), _ -> FloatVectors.decode(bytes));
      }
    }
    return vectors;
  }

  /** Those that read; one by one if one does not. */
  private static Map<Digest, byte[]> readable(ChunkSource from, Set<Digest> wanted)
      throws IOException {
    if (wanted.isEmpty()) {
      return Map.of();
    }
    try {
      return from.getAll(RecordType.CHUNK, wanted);
    } catch (ChunkDamagedException | DamagedRecordException _) {
      Map<Digest, byte[]> some = new HashMap<>();
      for (Digest one : wanted) {
        try {
          some.putAll(from.getAll(RecordType.CHUNK, Set.of(one)));
        } catch (ChunkDamagedException | DamagedRecordException _) {
          // left out
        }
      }
      return some;
    }
  }

  /**
   * The vector of an embedding that is asked for by its name; often the same one again.
   *
   * @throws AifsException.Corrupt if it does not read back
   */
  float[] require(NamespaceRow namespace, EmbeddingRow row) {
    try {
      byte[] bytes =
          chunks
              .content(namespace.domain())
              .getAll(RecordType.CHUNK, Set.of(row.content()))
              .get(row.content());
      if (bytes == null || bytes.length != row.dimension() * Float.BYTES) {
        throw damaged(Reason.CHUNK_MISSING, row, "is missing", Optional.empty());
      }
      return FloatVectors.decode(bytes);
    } catch (ChunkDamagedException | DamagedRecordException e) {
      throw damaged(Reason.CHUNK_DAMAGED, row, "does not read back", Optional.of(e));
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private static AifsException.Corrupt damaged(
      Reason reason, EmbeddingRow row, String what, Optional<Exception> cause) {
    return new AifsException.Corrupt(
        reason,
        "an embedding of asset " + row.asset() + " " + what,
        "'aifs fsck' tells what is affected; embed the asset again",
        cause.orElse(null));
  }

  private static AifsException.Unavailable unavailable(IOException cause) {
    return new AifsException.Unavailable(
        Reason.IO_FAILED,
        "reading embeddings failed: " + cause.getMessage(),
        "look at the disk and its log, then try again",
        cause);
  }
}
