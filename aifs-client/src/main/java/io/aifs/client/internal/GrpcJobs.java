package io.aifs.client.internal;

import io.aifs.client.Jobs;
import io.aifs.proto.v1.CancelJobRequest;
import io.aifs.proto.v1.ListJobsRequest;
import io.aifs.proto.v1.MaintenanceGrpc;
import io.aifs.proto.v1.RunJobRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Jobs over the service Maintenance. */
final class GrpcJobs implements Jobs {
  private final Caller caller;

  GrpcJobs(Caller caller) {
    this.caller = caller;
  }

  @Override
  public List<JobInfo> list() {
    return caller.ask(
        MaintenanceGrpc.getListJobsMethod(),
        ListJobsRequest.getDefaultInstance(),
        response -> response.getJobsList().stream().map(GrpcJobs::info).toList());
  }

  @Override
  public JobInfo run(String name) {
    return caller.ask(
        MaintenanceGrpc.getRunJobMethod(),
        RunJobRequest.newBuilder().setName(name).build(),
        GrpcJobs::info);
  }

  @Override
  public JobInfo cancel(String name) {
    return caller.ask(
        MaintenanceGrpc.getCancelJobMethod(),
        CancelJobRequest.newBuilder().setName(name).build(),
        GrpcJobs::info);
  }

  private static JobInfo info(io.aifs.proto.v1.JobInfo job) {
    return new JobInfo(
        job.getName(),
        state(job.getState()),
        Duration.ofMillis(job.getIntervalMillis()),
        time(job.getLastStartMillis()),
        time(job.getLastSuccessMillis()),
        Duration.ofMillis(job.getLastDurationMillis()),
        job.getLastResult(),
        time(job.getLastFailureMillis()),
        job.getLastError(),
        job.getFailures(),
        time(job.getNextRunMillis()));
  }

  private static State state(io.aifs.proto.v1.JobInfo.State state) {
    return switch (state) {
      case WAITING -> State.WAITING;
      case RUNNING -> State.RUNNING;
      case RETRYING -> State.RETRYING;
      case STOPPED -> State.STOPPED;
      case STATE_UNSPECIFIED, UNRECOGNIZED -> State.UNKNOWN;
    };
  }

  private static Optional<Instant> time(long millis) {
    return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
