package io.aifs.server.engine.jobs;

import java.util.concurrent.CancellationException;

/** Whether somebody wants a turn of a job to end early. Thread-safe. */
public final class Cancellation {
  private volatile boolean requested;

  void request() {
    requested = true;
  }

  public boolean requested() {
    return requested;
  }

  /**
   * Returns if the turn may go on.
   *
   * @throws CancellationException if it may not
   */
  public void check() {
    if (requested) {
      throw new CancellationException("cancelled");
    }
  }
}
