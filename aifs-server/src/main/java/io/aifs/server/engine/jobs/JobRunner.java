package io.aifs.server.engine.jobs;

import io.aifs.core.AifsException;
import io.aifs.server.engine.jobs.JobStatus.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One job in its round: at most one turn at a time. Thread-safe. */
final class JobRunner {
  private static final System.Logger LOG = System.getLogger(JobRunner.class.getName());
  private static final int MESSAGE_CHARACTERS_MAX = 1_000;

  private final Job job;
  private final JobTimer timer;
  private final Clock clock;
  private final RetryPause pause;

  private boolean active;
  private JobTimer.@Nullable Pending pending;
  private @Nullable Cancellation running;
  private Optional<Instant> lastStart = Optional.empty();
  private Optional<Instant> lastSuccess = Optional.empty();
  private Optional<Duration> lastDuration = Optional.empty();
  private Optional<Instant> lastFailure = Optional.empty();
  private Optional<Instant> nextRun = Optional.empty();
  private String lastResult = "";
  private String lastError = "";
  private int failures;

  JobRunner(Job job, JobTimer timer, Clock clock, RetryPause pause) {
    this.job = job;
    this.timer = timer;
    this.clock = clock;
    this.pause = pause;
  }

  /** From now on it comes round, for the first time soon. */
  synchronized void start() {
    active = true;
    schedule(pause.atStart(job.interval()));
  }

  /** Begins a turn at once unless one runs; returns false, doing nothing, if jobs are stopped. */
  synchronized boolean runNow() {
    if (active && running == null) {
      unschedule();
      begin(new Cancellation());
    }
    return active;
  }

  /** Asks the turn that runs to end, or puts off a retry to the next regular turn. */
  synchronized void cancel() {
    if (running != null) {
      running.request();
    } else if (active && failures > 0) {
      unschedule();
      schedule(job.interval());
    }
  }

  /** No further turn; the one that runs is asked to end. */
  synchronized void stop() {
    active = false;
    unschedule();
    if (running != null) {
      running.request();
    }
  }

  /** Returns when no turn runs. */
  synchronized void awaitIdle() throws InterruptedException {
    while (running != null) {
      wait();
    }
  }

  synchronized JobStatus status() {
    return new JobStatus(
        job.name(),
        state(),
        job.interval(),
        lastStart,
        lastSuccess,
        lastDuration,
        lastResult,
        lastFailure,
        lastError,
        failures,
        nextRun);
  }

  private State state() {
    if (running != null) {
      return State.RUNNING;
    } else if (!active) {
      return State.STOPPED;
    }
    return failures > 0 ? State.RETRYING : State.WAITING;
  }

  private void schedule(Duration delay) {
    nextRun = Optional.of(clock.instant().plus(delay));
    pending = timer.after(delay, this::due);
  }

  private void unschedule() {
    nextRun = Optional.empty();
    if (pending != null) {
      pending.cancel();
      pending = null;
    }
  }

  private void due() {
    Cancellation cancellation = new Cancellation();
    synchronized (this) {
      if (!active || running != null) {
        return; // somebody was faster
      }
      unschedule();
      running = cancellation;
      lastStart = Optional.of(clock.instant());
    }
    turn(cancellation);
  }

  private void begin(Cancellation cancellation) {
    running = cancellation;
    lastStart = Optional.of(clock.instant());
    timer.after(Duration.ZERO, () -> turn(cancellation));
  }

  private void turn(Cancellation cancellation) {
    try {
      cancellation.check();
      succeeded(job.work().run(cancellation));
    } catch (CancellationException _) {
      ended(job.interval());
    } catch (Throwable e) { // whatever it is, the job must come round again
      failed(e);
    }
  }

  private synchronized void succeeded(String result) {
    if (failures > 0) {
      LOG.log(System.Logger.Level.INFO, "job " + job.name() + " is well again: " + result);
    }
    failures = 0;
    lastResult = result;
    lastSuccess = Optional.of(clock.instant());
    ended(job.interval());
  }

  private synchronized void failed(Throwable failure) {
    failures++;
    String error = sentence(failure);
    lastFailure = Optional.of(clock.instant());
    if (failures == 1 || !error.equals(lastError)) { // the log need not hear the same all night
      LOG.log(System.Logger.Level.WARNING, "job " + job.name() + " failed: " + error);
    }
    lastError = error;
    ended(pause.after(failures, job.interval()));
  }

  private synchronized void ended(Duration delay) {
    running = null;
    lastDuration = lastStart.map(start -> Duration.between(start, clock.instant()));
    if (active) {
      schedule(delay);
    }
    notifyAll();
  }

  private static String sentence(Throwable failure) {
    String text =
        failure instanceof AifsException known && !known.hint().isEmpty()
            ? known.getMessage() + "; " + known.hint()
            : failure instanceof AifsException ? failure.getMessage() + "" : failure.toString();
    return text.length() <= MESSAGE_CHARACTERS_MAX
        ? text
        : text.substring(0, MESSAGE_CHARACTERS_MAX) + "...";
  }
}
