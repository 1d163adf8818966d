package io.aifs.server.engine.embedding;

import io.aifs.core.model.FloatVectors;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.chunk.ChunkDamagedException;
import io.aifs.server.chunk.ChunkSource;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The lengths of stored vectors. */
final class Norms {
  private Norms() {}

  /** By the digests of their chunks; those that are lost or damaged are absent from the result. */
  static Map<Digest, Double> of(ChunkSource chunks, Collection<Digest> contents)
      throws IOException {
    Set<Digest> distinct = new LinkedHashSet<>(contents);
    Map<Digest, Double> norms = new HashMap<>();
    try {
      add(chunks, distinct, norms);
    } catch (ChunkDamagedException _) {
      for (Digest content : distinct) {
        addIfSound(chunks, content, norms);
      }
    }
    return norms;
  }

  private static void addIfSound(ChunkSource chunks, Digest content, Map<Digest, Double> norms)
      throws IOException {
    try {
      add(chunks, List.of(content), norms);
    } catch (ChunkDamagedException _) {
      norms.remove(content); // 'aifs fsck' names the asset
    }
  }

  private static void add(
      ChunkSource chunks, Collection<Digest> contents, Map<Digest, Double> norms)
      throws IOException {
    chunks
        .getAll(RecordType.CHUNK, contents)
        .forEach(
            (digest, bytes) -> norms.put(digest, FloatVectors.norm(FloatVectors.decode(bytes))));
  }
}
