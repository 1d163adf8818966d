package io.aifs.client.internal;

import io.aifs.client.AifsClient;
import io.grpc.ManagedChannel;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes clients of channels; where a client's ids, randomness and sleep come from. */
public final class ChannelClients {
  /**
   * A client over {@code channel}, which belongs to it from now on: closing the client ends the
   * channel's calls, closes it, and then closes {@code onClose}.
   */
  public static AifsClient over(
      ManagedChannel channel, ChannelOptions options, AutoCloseable onClose) {
    return over(channel, options, onClose, surroundings());
  }

  static AifsClient over(
      ManagedChannel channel,
      ChannelOptions options,
      AutoCloseable onClose,
      Surroundings surroundings) {
    Connection connection = new Connection(channel, onClose);
    Caller caller = new Caller(connection, options, surroundings);
    return new GrpcAifsClient(
        connection, caller, new StoreRules(caller), options.trust(), options.namespace());
  }

  private static Surroundings surroundings() {
    return new Surroundings(
        () -> UUID.randomUUID().toString().replace("-", ""),
        () -> ThreadLocalRandom.current().nextLong(),
        Thread::sleep);
  }

  private ChannelClients() {}
}
