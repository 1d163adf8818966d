package io.aifs.client.internal;

import static java.util.Objects.requireNonNull;

import io.aifs.client.ClientOptions;
import io.aifs.client.ClientOptions.Retries;
import io.aifs.client.trust.KeyTrust;
import io.aifs.client.trust.KnownKeys;
import io.aifs.core.model.Name;
import java.time.Duration;
import java.util.Optional;

/**
 * How to speak over a channel that is there already.
 *
 * @param server what errors call the other side, such as {@code 127.0.0.1:50051}
 * @param token the macaroon to send; empty sends none
 * @param deadline how long a call may take that moves no bulk data
 * @param stallTimeout how long a transfer may move no byte
 * @param compression if not {@link Compression#NONE}, the channel was built with {@link
 *     ZstdCodec#compressors}
 * @param inProcess whether the other side sees the very bytes that are sent: then there is nothing
 *     to compare with its digest of them
 * @param trust decides whose snapshots are believed; empty believes the server
 */
public record ChannelOptions(
    String server,
    Name namespace,
    Optional<String> token,
    Duration deadline,
    Duration stallTimeout,
    Retries retries,
    Compression compression,
    boolean inProcess,
    Optional<KeyTrust> trust) {
  public ChannelOptions {
    requireNonNull(server, "server is null");
    requireNonNull(namespace, "namespace is null");
    token = token.map(BearerToken::checked);
    requireNonNull(deadline, "deadline is null");
    requireNonNull(stallTimeout, "stallTimeout is null");
    requireNonNull(retries, "retries is null");
    requireNonNull(compression, "compression is null");
    requireNonNull(trust, "trust is null");
  }

  /** For a store in this process: who opened it has its keys, so there is nothing to pin. */
  public static ChannelOptions embedded(Name namespace, Optional<String> token) {
    String server = "the embedded store";
    return new ChannelOptions(
        server,
        namespace,
        token,
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        Retries.DEFAULT,
        Compression.NONE,
        true,
        Optional.of(new KeyTrust(KnownKeys.inMemory(), server)));
  }

  /** The same as {@code options} say. */
  public static ChannelOptions of(String server, ClientOptions options, Compression compression) {
    return new ChannelOptions(
        server,
        options.namespace(),
        options.token(),
        options.deadline(),
        options.stallTimeout(),
        options.retries(),
        compression,
        false,
        Optional.of(new KeyTrust(options.knownKeys(), server)));
  }

  /** Never prints the token. */
  @Override
  public String toString() {
    return "ChannelOptions[" + server + ", namespace " + namespace + "]";
  }
}
