package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;

/**
 * An asset that something names and nothing says what it was.
 *
 * @param namespace the number of its namespace
 */
public record LostAsset(long namespace, Digest id) {
  public LostAsset {
    requireNonNull(id, "id is null");
  }
}
