package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.Blake3;
import io.aifs.server.store.StoreLock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** A store served over TCP until it is closed. Thread-safe. */
public final class AifsServer implements AutoCloseable {
  private final StoreHolder holder;
  private final InetSocketAddress address;
  private final long drainMillis;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  private AifsServer(StoreHolder holder, InetSocketAddress address, long drainMillis) {
    this.holder = holder;
    this.address = address;
    this.drainMillis = drainMillis;
  }

  /**
   * Opens the store and listens; returns when calls are taken.
   *
   * @throws AifsException.InvalidRequest if the address is not on this machine's loopback
   * @throws AifsException.Unavailable if another process holds the directory, or the port is taken
   */
  public static AifsServer start(ServerConfig config) {
    requireLoopback(config);
    StoreHolder holder =
        StoreHolder.tryHold(
                config.store(),
                config.dev(),
                config.inboundBudgetBytes(),
                config.tokens(),
                config.jobs())
            .orElseThrow(() -> StoreLock.held(config.store().dataDirectory()));
    try {
      holder.startJobs();
      InetSocketAddress address = holder.listenTcp(config.host(), config.port());
      Thread.ofPlatform().daemon().name("aifs-warm-up").start(Blake3::warmUp);
      return new AifsServer(holder, address, config.drainMillis());
    } catch (RuntimeException e) {
      try {
        holder.close();
      } catch (IOException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  private static void requireLoopback(ServerConfig config) {
    try {
      if (!InetAddress.getByName(config.host()).isLoopbackAddress()) {
        throw new AifsException.InvalidRequest(
            Reason.ARGUMENT_INVALID,
            "listen",
            "'" + config.host() + "' is not a loopback address, and there is no TLS yet",
            config.dev()
                ? "dev mode allows every call without a token: it is for 127.0.0.1 only"
                : "listen on 127.0.0.1, and reach it from elsewhere through an SSH tunnel");
      }
    } catch (UnknownHostException e) {
      throw new AifsException.InvalidRequest(
          Reason.ARGUMENT_INVALID,
          "listen",
          "'" + config.host() + "' is not an address of this machine",
          "listen on 127.0.0.1");
    }
  }

  /** The port that is listened on. */
  public int port() {
    return address.getPort();
  }

  /** Host and port. */
  public String address() {
    return address.getHostString() + ":" + address.getPort();
  }

  /** Returns once the server is closed. */
  public void awaitTermination() throws InterruptedException {
    closed.await();
  }

  /** Takes no new calls, lets running ones finish within the drain time, and closes the store. */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      awaitClosed(); // a signal and the command's end may both come here
      return;
    }
    try {
      holder.close(drainMillis);
    } catch (IOException e) {
      throw RootKeys.failed("closing the store failed", e);
    } finally {
      closed.countDown();
    }
  }

  private void awaitClosed() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
