package io.aifs.server.grpc.transport;

/**
 * How long connections may do nothing of use.
 *
 * @param handshakeMillis until it begins to speak HTTP/2
 * @param idleMillis without a call, whatever else is sent; clients that are ended so open another
 *     for their next call
 */
public record Patience(long handshakeMillis, long idleMillis) {
  public static final Patience DEFAULT = new Patience(20_000, 300_000);
}
