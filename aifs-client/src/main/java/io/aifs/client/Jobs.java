package io.aifs.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a served store does by itself. Thread-safe. */
public interface Jobs {
  /** How each job fares. */
  List<JobInfo> list();

  /**
   * Begins a turn of a job now, unless one runs already; does not wait for its end.
   *
   * @throws io.aifs.core.AifsException.NotFound if there is no such job
   * @throws io.aifs.core.AifsException.Precondition if nobody serves the store
   */
  JobInfo run(String name);

  /**
   * Asks the running turn of a job to end early, without waiting for it; or puts off the retry of
   * one that failed until its next regular turn.
   *
   * @throws io.aifs.core.AifsException.NotFound if there is no such job
   */
  JobInfo cancel(String name);

  /** What a job does now. */
  enum State {
    WAITING,
    RUNNING,
    /** The last turn failed, and will be tried again. */
    RETRYING,
    /** It does not run by itself: nobody serves the store, or the server is ending. */
    STOPPED,
    /** Something that a later server says. */
    UNKNOWN
  }

  /**
   * How a job fares since its server opened the store.
   *
   * @param interval from the end of a good turn to the next
   * @param lastDuration of the last turn that ended
   * @param lastResult what the last good turn did
   * @param lastError why the last turn that failed did; kept after later good turns
   * @param failures turns that failed since the last good one
   */
  record JobInfo(
      String name,
      State state,
      Duration interval,
      Optional<Instant> lastStart,
      Optional<Instant> lastSuccess,
      Duration lastDuration,
      String lastResult,
      Optional<Instant> lastFailure,
      String lastError,
      int failures,
      Optional<Instant> nextRun) {
    public JobInfo {
      requireNonNull(state, "state is null");
    }
  }
}
