package io.aifs.bench;

import java.util.Arrays;

/** How long calls took. Not thread-safe. */
final class Latencies {
  private long[] nanos = new long[1_024];
  private int count;

  void add(long took) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = took;
  }

  void addAll(Latencies others) {
    nanos = Arrays.copyOf(nanos, Math.max(nanos.length, count + others.count));
    System.arraycopy(others.nanos, 0, nanos, count, others.count);
    count += others.count;
  }

  int count() {
    return count;
  }

  /** In microseconds; {@code share} of the calls were as fast or faster. */
  long micros(double share) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return count == 0 ? 0 : Math.max(1, sorted[(int) ((count - 1) * share)] / 1_000);
  }

  @Override
  public String toString() {
    return String.format("p50 %,d us, p99 %,d us (%,d)", micros(0.5), micros(0.99), count);
  }
}
