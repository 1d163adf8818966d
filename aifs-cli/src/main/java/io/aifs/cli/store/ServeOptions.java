package io.aifs.cli.store;

import java.time.Duration;

/**
 * How to serve.
 *
 * @param port 0 picks a free one
 * @param dev every call is allowed without a token
 * @param tokens how much each family of tokens may call
 * @param drain how long running calls may go on when the server is told to end
 * @param scrubInterval in what time every asset is read back once
 * @param gcInterval how long after a collection the next begins
 * @param gcGrace how long what a collection condemned can be brought back
 */
public record ServeOptions(
    String host,
    int port,
    boolean dev,
    TokenLimits tokens,
    Duration drain,
    Duration scrubInterval,
    Duration gcInterval,
    Duration gcGrace) {
  /** How much each family of tokens may call; 0 is no limit. */
  public record TokenLimits(
      long callsPerSecond, long concurrentCalls, long bytesPerSecond, long searchesPerSecond) {}
}
