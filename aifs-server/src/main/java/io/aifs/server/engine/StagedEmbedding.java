package io.aifs.server.engine;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.FloatVectors;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.chunk.Chunk;

/**
 * An embedding whose chunk is stored, ready for the catalog.
 *
 * @param content digest of the chunk that holds the little-endian float32 values
 * @param norm the length of the vector, which rules may ask for
 */
public record StagedEmbedding(EmbeddingKey key, int dimension, Digest content, double norm) {
  public StagedEmbedding {
    requireNonNull(key, "key is null");
    requireNonNull(content, "content is null");
  }

  /** One whose vector is all of a chunk. */
  public static StagedEmbedding of(EmbeddingKey key, Chunk chunk) {
    float[] values = FloatVectors.decode(chunk.bytes());
    return new StagedEmbedding(key, values.length, chunk.digest(), FloatVectors.norm(values));
  }
}
