package io.aifs.client.internal;

import io.aifs.client.Maintenance.CheckEvent;
import io.aifs.client.Maintenance.CheckSummary;
import io.aifs.client.Maintenance.Severity;
import io.aifs.proto.v1.CheckResponse;
import io.aifs.proto.v1.Finding;
import io.grpc.MethodDescriptor;
import io.grpc.StatusException;
import java.util.Optional;
import java.util.function.Consumer;

/** One check that the server runs and tells about until its summary. */
final class CheckRun<Q> {
  private final Caller caller;
  private final MethodDescriptor<Q, CheckResponse> method;
  private final Q request;
  private final Consumer<CheckEvent> listener;
  private final CallContext context;
  private boolean begun;

  CheckRun(
      Caller caller,
      MethodDescriptor<Q, CheckResponse> method,
      Q request,
      Consumer<CheckEvent> listener) {
    this.caller = caller;
    this.method = method;
    this.request = request;
    this.listener = listener;
    this.context = caller.newContext(method);
  }

  CheckSummary run() {
    Backoff backoff = caller.newBackoff();
    while (true) {
      try {
        return attempt();
      } catch (StatusException e) {
        Failure failure = FailureMapper.of(e, context);
        // Once the listener has heard of findings, a new run would tell them twice.
        caller.awaitRetry(backoff, begun ? Failure.lasting(failure.exception()) : failure, context);
      }
    }
  }

  private CheckSummary attempt() throws StatusException {
    Exchange<Q, CheckResponse> exchange = caller.transfer(method, context);
    try {
      exchange.send(request, false);
      exchange.finishSending();
      Optional<CheckSummary> summary = Optional.empty();
      while (true) {
        Optional<CheckResponse> message = exchange.next(caller.stallTimeout());
        if (message.isEmpty()) {
          return summary.orElseThrow(
              () -> FailureMapper.nonsense(context, "it ends without a summary", null));
        }
        begun = true;
        Optional<CheckSummary> told = heard(message.get());
        summary = told.isPresent() ? told : summary;
      }
    } catch (InterruptedException _) {
      throw FailureMapper.interrupted(context);
    } catch (StalledException e) {
      throw FailureMapper.stalled(e, context);
    } finally {
      exchange.cancel("the check was given up");
    }
  }

  /** The summary, if the message is one; else the listener hears it. */
  private Optional<CheckSummary> heard(CheckResponse message) {
    switch (message.getEventCase()) {
      case FINDING -> listener.accept(finding(message.getFinding()));
      case PROGRESS -> listener.accept(new CheckEvent.Progress(summary(message.getProgress())));
      case SUMMARY -> {
        return Optional.of(summary(message.getSummary()));
      }
      case EVENT_NOT_SET -> {
        // Something that a later server tells.
      }
    }
    return Optional.empty();
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
