package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;

/** Names an embedding within a namespace; pages are in order of asset, space and part. */
public record EmbeddingKey(Digest asset, String space, String part) {
  public EmbeddingKey {
    requireNonNull(asset, "asset is null");
    requireNonNull(space, "space is null");
    requireNonNull(part, "part is null");
  }
}
