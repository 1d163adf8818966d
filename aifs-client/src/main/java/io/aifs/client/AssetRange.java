package io.aifs.client;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.util.Optional;

/**
 * A part of an asset's content.
 *
 * @param offset bytes from the start
 * @param length in bytes, more than there is meaning up to the end; empty means to the end
 * @param found a path that names the asset: needed by a token that is restricted to paths, refs or
 *     kinds
 */
public record AssetRange(
    Digest asset, long offset, Optional<Long> length, Optional<TreePath> found) {
  public AssetRange {
    requireNonNull(asset, "asset is null");
    requireNotNegative("offset", offset);
    length.ifPresent(bytes -> requireNotNegative("length", bytes));
  }

  /** A part of an asset that is known by its id alone. */
  public AssetRange(Digest asset, long offset, Optional<Long> length) {
    this(asset, offset, length, Optional.empty());
  }

  /** All of an asset that a path names. */
  public static AssetRange whole(Digest asset, Optional<TreePath> found) {
    return new AssetRange(asset, 0, Optional.empty(), found);
  }

  /** All of an asset. */
  public static AssetRange whole(Digest asset) {
    return new AssetRange(asset, 0, Optional.empty());
  }

  private static void requireNotNegative(String what, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(what + " is negative: " + value);
    }
  }
}
