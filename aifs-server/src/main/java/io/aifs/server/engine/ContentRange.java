package io.aifs.server.engine;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;
import java.util.Optional;

/**
 * A part of an asset's content, not yet compared with the asset.
 *
 * @param offset bytes from the start
 * @param length in bytes; empty to the end, and what is more than there is means that too
 */
public record ContentRange(Digest asset, long offset, Optional<Long> length) {
  public ContentRange {
    requireNonNull(asset, "asset is null");
  }
}
