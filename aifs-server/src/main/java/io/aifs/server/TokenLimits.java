package io.aifs.server;

import io.aifs.server.model.CallRates;

/**
 * How much each family of tokens may call, all attenuated from one together; 0 is no limit.
 *
 * @param callsPerSecond as many may also come at once, after a second without any
 * @param concurrentCalls calls under way at the same time, streams of events too
 * @param bytesPerSecond of messages, in both directions together
 * @param searchesPerSecond queries, each of a batch
 */
public record TokenLimits(
    long callsPerSecond, long concurrentCalls, long bytesPerSecond, long searchesPerSecond) {
  public static final TokenLimits DEFAULT = new TokenLimits(0, 4_096, 0, 0);

  /**
   * @throws IllegalArgumentException if one is negative
   */
  public TokenLimits {
    var _ = new CallRates(callsPerSecond, concurrentCalls, bytesPerSecond, searchesPerSecond);
  }

  CallRates rates() {
    return new CallRates(callsPerSecond, concurrentCalls, bytesPerSecond, searchesPerSecond);
  }
}
