package io.aifs.client.internal;

import io.aifs.client.Maintenance.CheckEvent;
import io.aifs.client.Maintenance.CheckSummary;
import io.aifs.client.Maintenance.Severity;
import io.aifs.proto.v1.CheckResponse;
import io.aifs.proto.v1.Finding;
import io.grpc.MethodDescriptor;
import java.util.Optional;
import java.util.function.Consumer;

/** One check that the server runs and tells about until its summary. */
final class CheckRun<Q> {
  private final HeardStream<Q, CheckResponse> stream;
  private final Consumer<CheckEvent> listener;
  private Optional<CheckSummary> summary = Optional.empty();

  CheckRun(
      Caller caller,
      MethodDescriptor<Q, CheckResponse> method,
      Q request,
      Consumer<CheckEvent> listener) {
    this.stream = new HeardStream<>(caller, method, request);
    this.listener = listener;
  }

  CheckSummary run() {
    stream.run(this::hear);
    return summary.orElseThrow(
        () -> FailureMapper.nonsense(stream.context(), "it ends without a summary", null));
  }

  private void hear(CheckResponse message) {
    switch (message.getEventCase()) {
      case FINDING -> listener.accept(finding(message.getFinding()));
      case PROGRESS -> listener.accept(new CheckEvent.Progress(summary(message.getProgress())));
      case SUMMARY -> summary = Optional.of(summary(message.getSummary()));
      case EVENT_NOT_SET -> {
        // Something that a later server tells.
      }
    }
  }

  private static CheckEvent.Finding finding(Finding finding) {
    return new CheckEvent.Finding(
        severity(finding.getSeverity()),
        finding.getCode(),
        finding.getMessage(),
        finding.getHint(),
        finding.getAssetIdsList(),
        finding.getPathsList(),
        finding.getFix(),
        finding.getFixed(),
        finding.getMoreAssets(),
        finding.getMorePaths(),
        finding.getPackId());
  }

  /** What is not understood is taken for the worst, so that nobody overlooks it. */
  private static Severity severity(io.aifs.proto.v1.Severity severity) {
    return switch (severity) {
      case INFO -> Severity.INFO;
      case WARNING -> Severity.WARNING;
      case DAMAGE, SEVERITY_UNSPECIFIED, UNRECOGNIZED -> Severity.DAMAGE;
    };
  }

  private static CheckSummary summary(io.aifs.proto.v1.CheckSummary summary) {
    return new CheckSummary(
        summary.getChecked(),
        summary.getCheckedBytes(),
        summary.getDamaged(),
        summary.getWarnings(),
        summary.getRepaired(),
        summary.getRecords(),
        summary.getRecordBytes(),
        summary.getSampleSeed());
  }
}
