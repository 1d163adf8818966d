package io.aifs.core.chunk;

import static java.util.Objects.requireNonNull;

/**
 * Numbers of one length that lie in content one behind the other, such as the values of a tensor.
 *
 * @param name tells those of one file apart, and means the same in a later version of the file
 * @param width bytes of a number: 1, 2, 4 or 8
 */
public record NumberRegion(String name, long offset, long length, int width) {
  public NumberRegion {
    requireNonNull(name, "name is null");
    if (offset < 0 || length < 0 || offset + length < 0) {
      throw new IllegalArgumentException("region is no range: " + offset + ", " + length);
    }
    if (width != 1 && width != 2 && width != 4 && width != 8) {
      throw new IllegalArgumentException("width is not 1, 2, 4 or 8: " + width);
    }
  }

  public long end() {
    return offset + length;
  }
}
