package io.aifs.server;

import io.aifs.client.AifsClient;
import io.aifs.client.AifsClients;
import io.aifs.client.ClientOptions;
import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.server.store.DataDirectory;
import io.aifs.server.store.StoreLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A store inside this process, without a daemon: the same services and the same client as over a
 * network. If another process holds the data directory, the client speaks to that one instead.
 */
public final class EmbeddedAifs {
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long RETRY_MILLIS = 50;
  private static final Duration HOLDER_ANSWERS_WITHIN = Duration.ofSeconds(8);

  /**
   * Opens a store. The client is to be closed; that ends what it wrote and releases the directory.
   *
   * @throws AifsException.NotFound if there is no store in the directory
   * @throws AifsException.Denied if the root key is missing or wrong
   * @throws AifsException.Unavailable if the directory is held and its holder does not answer
   */
  public static AifsClient open(StoreOptions options) {
    long end = System.nanoTime() + WAIT_NANOS;
    do {
      Optional<StoreHolder> holder =
          StoreHolder.tryHold(
              options,
              false,
              Limits.INBOUND_BUDGET_BYTES,
              TokenLimits.DEFAULT,
              JobSettings.DEFAULT);
      if (holder.isPresent()) {
        return holder.get().client();
      }
      Optional<AifsClient> other = throughHolder(options);
      if (other.isPresent()) {
        return other.get();
      }
      pause();
    } while (System.nanoTime() - end < 0);
    throw StoreLock.held(options.dataDirectory());
  }

  private static Optional<AifsClient> throughHolder(StoreOptions options) {
    try {
      Optional<Path> socket = StoreLock.holderSocket(options.dataDirectory());
      if (socket.isEmpty()) {
        return Optional.empty();
      }
      ClientOptions settings = settings(options, socket.get());
      try (AifsClient probe = AifsClients.connect(settings.withDeadline(HOLDER_ANSWERS_WITHIN))) {
        probe.maintenance().health();
      } catch (AifsException.Unavailable e) {
        return Optional.empty(); // it has just ended, or does not answer: the caller decides
      }
      return Optional.of(AifsClients.connect(settings));
    } catch (IOException e) {
      throw RootKeys.failed("reaching the holder of " + options.dataDirectory() + " failed", e);
    }
  }

  private static ClientOptions settings(StoreOptions options, Path socket) throws IOException {
    String storeId = new DataDirectory(options.dataDirectory()).requireFormat().storeId();
    Optional<String> token = options.token().or(() -> adminToken(options.adminTokenFile(storeId)));
    ClientOptions settings =
        ClientOptions.of(new ClientOptions.Endpoint.UnixSocket(socket))
            .withNamespace(options.namespace());
    return token.map(settings::withToken).orElse(settings);
  }

  private static Optional<String> adminToken(Path file) {
    try {
      return new AdminTokenFile(file).read();
    } catch (IOException e) {
      throw RootKeys.failed("reading the admin token failed", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private EmbeddedAifs() {}
}
