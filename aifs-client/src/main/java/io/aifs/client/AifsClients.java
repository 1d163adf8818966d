package io.aifs.client;

import io.aifs.client.internal.ChannelOpener;

/** Makes clients. */
public final class AifsClients {
  /**
   * A client of the server that {@code options} name. Nothing is sent before the first call; a
   * server that is not there shows then, as {@link io.aifs.core.AifsException.Unavailable}.
   *
   * @throws io.aifs.core.AifsException.InvalidRequest if the endpoint is not on this machine, which
   *     would need TLS, or the token cannot be one
   */
  public static AifsClient connect(ClientOptions options) {
    return ChannelOpener.connect(options);
  }

  private AifsClients() {}
}
