package io.aifs.server.engine.jobs;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a job fares, since this process opened the store.
 *
 * @param lastStart of the turn that runs, or of the last one
 * @param lastDuration of the last turn that ended
 * @param lastResult what the last good turn did; empty before one
 * @param lastError why the last turn that failed did; kept until another fails
 * @param failures turns that failed since the last good one
 * @param nextRun when it will be tried; empty while it runs or when jobs are stopped
 */
public record JobStatus(
    String name,
    State state,
    Duration interval,
    Optional<Instant> lastStart,
    Optional<Instant> lastSuccess,
    Optional<Duration> lastDuration,
    String lastResult,
    Optional<Instant> lastFailure,
    String lastError,
    int failures,
    Optional<Instant> nextRun) {
  public JobStatus {
    requireNonNull(state, "state is null");
  }

  /** What it does now. */
  public enum State {
    /** Its time has not come. */
    WAITING,
    RUNNING,
    /** The last turn failed; it is tried again sooner than its interval says. */
    RETRYING,
    /** Nobody serves the store, or the server is ending: it does not run by itself. */
    STOPPED
  }

  /** Whether the last turn failed. */
  public boolean failing() {
    return failures > 0;
  }
}
