package io.aifs.server.engine;

import java.io.IOException;

/**
 * How much of the data directory's file system is left.
 *
 * @param freeBytes what this user may still write
 * @param totalBytes 0 if the file system does not say
 * @param reserveBytes what the store has set aside now for the day the disk is full
 */
public record DiskSpace(long freeBytes, long totalBytes, long reserveBytes) {
  private static final long LOW_BYTES_MAX = 10L << 30;
  private static final long LOW_DIVISOR = 20;

  public DiskSpace {
    if (freeBytes < 0 || totalBytes < 0 || reserveBytes < 0) {
      throw new IllegalArgumentException(
          "space is negative: " + freeBytes + ", " + totalBytes + ", " + reserveBytes);
    }
  }

  /** Where the figures come from. */
  @FunctionalInterface
  public interface Source {
    DiskSpace look() throws IOException;
  }

  /** Below this much free space people are warned: a twentieth of all, at most 10 GiB. */
  public long lowBytes() {
    return Math.min(totalBytes / LOW_DIVISOR, LOW_BYTES_MAX);
  }

  /** Whether it is time to free some. */
  public boolean low() {
    return freeBytes < lowBytes();
  }
}
