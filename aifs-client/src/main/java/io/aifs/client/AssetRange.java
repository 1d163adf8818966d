package io.aifs.client;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;
import java.util.Optional;

/**
 * A part of an asset's content.
 *
 * @param offset bytes from the start
 * @param length in bytes, more than there is meaning up to the end; empty means to the end
 */
public record AssetRange(Digest asset, long offset, Optional<Long> length) {
  public AssetRange {
    requireNonNull(asset, "asset is null");
    requireNotNegative("offset", offset);
    length.ifPresent(bytes -> requireNotNegative("length", bytes));
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
