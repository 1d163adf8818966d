package io.aifs.server.engine.embedding;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.EmbeddingName;
import io.aifs.crypto.Digest;

/**
 * An embedding to be put.
 *
 * @param vector little-endian float32 values
 */
@SuppressWarnings("ArrayRecordComponent") // a request, never compared
public record NewEmbedding(Digest asset, String part, byte[] vector) {
  public NewEmbedding {
    requireNonNull(asset, "asset is null");
    EmbeddingName.requirePart(part);
    requireNonNull(vector, "vector is null");
  }
}
