package io.aifs.server;

import io.aifs.core.Limits;

/**
 * How to serve a store.
 *
 * @param host address to listen on; without TLS only loopback is accepted
 * @param port 0 picks a free one
 * @param dev allow every call without a token; loopback only
 * @param inboundBudgetBytes large messages in flight at once
 * @param tokens how much each family of tokens may call
 * @param drainMillis how long running calls may go on after SIGTERM
 */
public record ServerConfig(
    StoreOptions store,
    String host,
    int port,
    boolean dev,
    long inboundBudgetBytes,
    TokenLimits tokens,
    long drainMillis,
    JobSettings jobs) {
  public static final int PORT_DEFAULT = 50_051;

  public static ServerConfig of(StoreOptions store) {
    return new ServerConfig(
        store,
        "127.0.0.1",
        PORT_DEFAULT,
        false,
        Limits.INBOUND_BUDGET_BYTES,
        TokenLimits.DEFAULT,
        30_000,
        JobSettings.DEFAULT);
  }
}
