package io.aifs.server.engine.jobs;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * The jobs of a store. They run between {@link #start} and {@link #stop}, each by itself and never
 * twice at once; one that fails is tried again after pauses that grow up to its interval. What is
 * known of them does not outlive the process. Thread-safe.
 */
public final class Jobs implements AutoCloseable {
  private final Map<String, JobRunner> runners = new LinkedHashMap<>();
  private final JobTimer timer;

  /**
   * Jobs that do not run yet.
   *
   * @param timer closed with this
   * @param random from 0 to 1, for the pauses after failures
   */
  public Jobs(List<Job> jobs, JobTimer timer, Clock clock, DoubleSupplier random) {
    this.timer = timer;
    RetryPause pause = new RetryPause(random);
    for (Job job : jobs) {
      if (runners.put(job.name(), new JobRunner(job, timer, clock, pause)) != null) {
        throw new IllegalArgumentException("two jobs have the name " + job.name());
      }
    }
  }

  /** From now on they run. To be called once. */
  public void start() {
    runners.values().forEach(JobRunner::start);
  }

  /** How each job fares, in a fixed order. */
  public List<JobStatus> list() {
    return runners.values().stream().map(JobRunner::status).toList();
  }

  /**
   * Begins a turn of a job at once, unless one runs already; does not wait for its end.
   *
   * @throws AifsException.NotFound if there is no such job
   * @throws AifsException.Precondition if jobs are stopped
   */
  public JobStatus run(String name) {
    JobRunner runner = require(name);
    if (!runner.runNow()) {
      throw new AifsException.Precondition(
          Reason.JOBS_STOPPED,
          "job '" + name + "' cannot run: jobs run only while a server holds the store",
          "start one with 'aifs serve', then run the job again");
    }
    return runner.status();
  }

  /**
   * Asks the turn of a job that runs to end early, without waiting for it; or, if it is about to be
   * tried again after a failure, puts that off to its next regular turn.
   *
   * @throws AifsException.NotFound if there is no such job
   */
  public JobStatus cancel(String name) {
    JobRunner runner = require(name);
    runner.cancel();
    return runner.status();
  }

  private JobRunner require(String name) {
    JobRunner runner = runners.get(name);
    if (runner == null) {
      throw new AifsException.NotFound(
          Reason.JOB_NOT_FOUND,
          "there is no job '" + name + "'",
          "the jobs are " + String.join(", ", runners.keySet()));
    }
    return runner;
  }

  /** No turn begins any more, and those that run are asked to end. Does not wait. */
  public void stop() {
    runners.values().forEach(JobRunner::stop);
  }

  /** Stops, and returns when none runs. */
  @Override
  public void close() {
    stop();
    boolean interrupted = false;
    for (JobRunner runner : runners.values()) {
      boolean idle = false;
      while (!idle) {
        try {
          runner.awaitIdle();
          idle = true;
        } catch (InterruptedException _) {
          interrupted = true; // the store must not be closed under a job
        }
      }
    }
    timer.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
