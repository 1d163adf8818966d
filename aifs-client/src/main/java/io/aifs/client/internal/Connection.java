package io.aifs.client.internal;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A channel and what ends with it, shared by the clients of its namespaces. Thread-safe. */
final class Connection implements AutoCloseable {
  private static final long GRACE_SECONDS = 5;

  private final ManagedChannel channel;
  private final SessionVersions versions = new SessionVersions();
  private final Channel versioned;
  private final AutoCloseable onClose;
  private final AtomicBoolean closed = new AtomicBoolean();

  Connection(ManagedChannel channel, AutoCloseable onClose) {
    this.channel = channel;
    this.versioned = ClientInterceptors.intercept(channel, versions);
    this.onClose = onClose;
  }

  Channel channel() {
    return versioned;
  }

  SessionVersions versions() {
    return versions;
  }

  /**
   * @throws AifsException.Unavailable once the client is closed
   */
  void requireOpen() {
    if (closed.get()) {
      throw new AifsException.Unavailable(
          Reason.SHUTTING_DOWN, "this client is closed", "open a new one", null);
    }
  }

  /** Lets the next call connect, however lately that failed. */
  void forgetFailures() {
    channel.resetConnectBackoff();
  }

  /** Ends the calls that run, waits a moment for them, and closes what the channel stood on. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    channel.shutdownNow();
    try {
      channel.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      onClose.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AifsException.Failed(
          Reason.IO_FAILED, "closing the client failed: " + e.getMessage(), "", e);
    }
  }
}
