package io.aifs.server;

import io.aifs.core.Limits;

/**
 * How to serve a store.
 *
 * @param host address to listen on; without TLS only loopback is accepted
 * @param port 0 picks a free one
 * @param dev allow every call without a token; loopback only
 * @param inboundBudgetBytes large messages in flight at once
 * @param drainMillis how long running calls may go on after SIGTERM
 */
public record ServerConfig(
    StoreOptions store,
    String host,
    int port,
    boolean dev,
    long inboundBudgetBytes,
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
        30_000,
        JobSettings.DEFAULT);
  }
}
