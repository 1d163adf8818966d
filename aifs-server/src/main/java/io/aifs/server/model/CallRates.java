package io.aifs.server.model;

/**
 * How much somebody may call; 0 is no limit.
 *
 * @param callsPerSecond as many may also come at once, after a second without any
 * @param concurrentCalls calls under way at the same time
 * @param bytesPerSecond of messages, in both directions together
 * @param searchesPerSecond queries, each of a batch; as many may also come at once
 */
public record CallRates(
    long callsPerSecond, long concurrentCalls, long bytesPerSecond, long searchesPerSecond) {
  public static final CallRates NONE = new CallRates(0, 0, 0, 0);

  public CallRates {
    requireNotNegative("callsPerSecond", callsPerSecond);
    requireNotNegative("concurrentCalls", concurrentCalls);
    requireNotNegative("bytesPerSecond", bytesPerSecond);
    requireNotNegative("searchesPerSecond", searchesPerSecond);
  }

  private static void requireNotNegative(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " is negative: " + value);
    }
  }
}
