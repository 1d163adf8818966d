package io.aifs.server.grpc;

import io.aifs.proto.v1.JobInfo;
import io.aifs.proto.v1.ListJobsResponse;
import io.aifs.server.engine.jobs.JobStatus;
import io.aifs.server.engine.jobs.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The calls about jobs. Thread-safe. */
final class JobCalls {
  private final Jobs jobs;

  JobCalls(Jobs jobs) {
    this.jobs = jobs;
  }

  ListJobsResponse list() {
    return ListJobsResponse.newBuilder()
        .addAllJobs(jobs.list().stream().map(JobCalls::info).toList())
        .build();
  }

  /** Names only: what a job says may tell of assets that the caller must not know of. */
  List<String> failing() {
    return jobs.list().stream().filter(JobStatus::failing).map(JobStatus::name).toList();
  }

  JobInfo run(String name) {
    return info(jobs.run(name));
  }

  JobInfo cancel(String name) {
    return info(jobs.cancel(name));
  }

  private static JobInfo info(JobStatus job) {
    return JobInfo.newBuilder()
        .setName(job.name())
        .setState(state(job.state()))
        .setIntervalMillis(job.interval().toMillis())
        .setLastStartMillis(millis(job.lastStart()))
        .setLastSuccessMillis(millis(job.lastSuccess()))
        .setLastDurationMillis(job.lastDuration().map(Duration::toMillis).orElse(0L))
        .setLastResult(job.lastResult())
        .setLastFailureMillis(millis(job.lastFailure()))
        .setLastError(job.lastError())
        .setFailures(job.failures())
        .setNextRunMillis(millis(job.nextRun()))
        .build();
  }

  private static JobInfo.State state(JobStatus.State state) {
    return switch (state) {
      case WAITING -> JobInfo.State.WAITING;
      case RUNNING -> JobInfo.State.RUNNING;
      case RETRYING -> JobInfo.State.RETRYING;
      case STOPPED -> JobInfo.State.STOPPED;
    };
  }

  private static long millis(Optional<Instant> time) {
    return time.map(Instant::toEpochMilli).orElse(0L);
  }
}
