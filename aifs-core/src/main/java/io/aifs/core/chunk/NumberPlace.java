package io.aifs.core.chunk;

import static java.util.Objects.requireNonNull;

/**
 * Where a chunk of numbers begins.
 *
 * @param offset bytes from the region's start
 */
public record NumberPlace(NumberRegion region, long offset) {
  public NumberPlace {
    requireNonNull(region, "region is null");
    if (offset < 0 || offset >= region.length()) {
      throw new IllegalArgumentException(
          "place is outside a region of " + region.length() + " bytes: " + offset);
    }
  }
}
