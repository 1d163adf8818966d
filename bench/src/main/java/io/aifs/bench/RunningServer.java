package io.aifs.bench;

import io.aifs.client.AifsClient;
import io.aifs.client.AifsClients;
import io.aifs.client.ClientOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A server that a script has started.
 *
 * @param address {@code HOST:PORT}, or the path of a Unix socket
 * @param tokenFile what holds the token to send
 */
record RunningServer(String address, Path tokenFile) {
  /** A new connection. A call that fails fails: nothing is tried again. */
  AifsClient connect() throws IOException {
    return AifsClients.connect(options().withToken(Files.readString(tokenFile).strip()));
  }

  /** The way there, without a token. */
  ClientOptions options() {
    return ClientOptions.of(endpoint()).withRetries(ClientOptions.Retries.NONE);
  }

  private ClientOptions.Endpoint endpoint() {
    if (address.startsWith("/")) {
      return new ClientOptions.Endpoint.UnixSocket(Path.of(address));
    }
    int colon = address.lastIndexOf(':');
    return new ClientOptions.Endpoint.Tcp(
        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
  }
}
