package io.aifs.core.model;

/**
 * Times from {@code lowNanos} to {@code highNanos}, both included, in nanoseconds since
 * 1970-01-01T00:00Z.
 */
public record TimeRange(long lowNanos, long highNanos) {
  public static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

  public TimeRange {
    if (lowNanos > highNanos) {
      throw new IllegalArgumentException(
          "the times are reversed: from " + lowNanos + " up to " + highNanos);
    }
  }

  public boolean contains(long timeNanos) {
    return lowNanos <= timeNanos && timeNanos <= highNanos;
  }
}
