package io.aifs.client;

import io.aifs.client.trust.KnownKeys;
import io.aifs.core.model.Name;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach a server.
 *
 * @param token the macaroon to send; empty sends none
 * @param deadline how long a call may take that moves no bulk data
 * @param stallTimeout how long a transfer may move no byte
 * @param knownKeys the signing keys that were pinned, under the endpoint's text as the address
 */
public record ClientOptions(
    Endpoint endpoint,
    Name namespace,
    Optional<String> token,
    Duration deadline,
    Duration stallTimeout,
    Retries retries,
    KnownKeys knownKeys) {
  public ClientOptions {
    requirePositive("deadline", deadline);
    requirePositive("stallTimeout", stallTimeout);
  }

  public static ClientOptions of(Endpoint endpoint) {
    return new ClientOptions(
        endpoint,
        Name.DEFAULT_NAMESPACE,
        Optional.empty(),
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        Retries.DEFAULT,
        KnownKeys.inMemory());
  }

  public ClientOptions withToken(String newToken) {
    return new ClientOptions(
        endpoint, namespace, Optional.of(newToken), deadline, stallTimeout, retries, knownKeys);
  }

  public ClientOptions withNamespace(Name newNamespace) {
    return new ClientOptions(
        endpoint, newNamespace, token, deadline, stallTimeout, retries, knownKeys);
  }

  public ClientOptions withDeadline(Duration newDeadline) {
    return new ClientOptions(
        endpoint, namespace, token, newDeadline, stallTimeout, retries, knownKeys);
  }

  public ClientOptions withStallTimeout(Duration newStallTimeout) {
    return new ClientOptions(
        endpoint, namespace, token, deadline, newStallTimeout, retries, knownKeys);
  }

  public ClientOptions withRetries(Retries newRetries) {
    return new ClientOptions(
        endpoint, namespace, token, deadline, stallTimeout, newRetries, knownKeys);
  }

  public ClientOptions withKnownKeys(KnownKeys newKnownKeys) {
    return new ClientOptions(
        endpoint, namespace, token, deadline, stallTimeout, retries, newKnownKeys);
  }

  private static void requirePositive(String what, Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(what + " is not positive: " + duration);
    }
  }

  /** Never prints the token. */
  @Override
  public String toString() {
    return "ClientOptions[" + endpoint + ", namespace " + namespace + "]";
  }

  /** Where the server is. */
  public sealed interface Endpoint {
    /** Host and port, in clear: loopback only, until TLS is configured. */
    record Tcp(String host, int port) implements Endpoint {
      @Override
      public String toString() {
        boolean bareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
        return (bareIpv6 ? "[" + host + "]" : host) + ":" + port;
      }
    }

    /** The Unix socket of the process that holds a data directory. */
    record UnixSocket(Path path) implements Endpoint {
      @Override
      public String toString() {
        return "unix socket " + path;
      }
    }
  }

  /**
   * Retries of safe calls with jittered exponential backoff.
   *
   * @param attemptsMax how often a call is made in all; 1 never tries again
   */
  public record Retries(int attemptsMax, Duration firstDelay, Duration delayMax) {
    public static final Retries NONE = new Retries(1, Duration.ofMillis(50), Duration.ofSeconds(5));
    public static final Retries DEFAULT =
        new Retries(5, Duration.ofMillis(50), Duration.ofSeconds(5));

    public Retries {
      if (attemptsMax < 1) {
        throw new IllegalArgumentException("attemptsMax is below 1: " + attemptsMax);
      }
      requirePositive("firstDelay", firstDelay);
      requirePositive("delayMax", delayMax);
    }
  }
}
