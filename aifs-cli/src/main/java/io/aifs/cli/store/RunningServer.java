package io.aifs.cli.store;

/** A server of this process. Thread-safe. */
public interface RunningServer extends AutoCloseable {
  /** The port it listens on. */
  int port();

  /** Returns when the server has ended. */
  void awaitTermination() throws InterruptedException;

  /** Takes no new calls, lets running ones finish, syncs, and ends. */
  @Override
  void close();
}
