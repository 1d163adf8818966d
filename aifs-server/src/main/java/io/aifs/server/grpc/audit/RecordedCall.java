package io.aifs.server.grpc.audit;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.Optional;

/**
 * A call that changes something. Its record is written before the client can know how it ended: one
 * answer waits for that, and of several the first that tells of a result.
 *
 * <p>A call whose client went away is recorded as {@code CANCELLED}, as nobody knows then how it
 * ends; if it comes to a good end all the same, there is a record of that, too.
 */
final class RecordedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
  private final CallRecorder.Facts facts;
  private final CallTargets targets = new CallTargets();
  private final boolean oneAnswer;
  private Optional<R> held = Optional.empty();

  /** What it was recorded as, if it was. */
  private Optional<Status.Code> recorded = Optional.empty();

  RecordedCall(ServerCall<Q, R> call, CallRecorder.Facts facts) {
    super(call);
    this.facts = facts;
    this.oneAnswer = call.getMethodDescriptor().getType().serverSendsOneMessage();
  }

  ServerCall.Listener<Q> listener(ServerCall.Listener<Q> listener) {
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onMessage(Q message) {
        targets.asked(message);
        super.onMessage(message);
      }

      @Override
      public void onCancel() {
        end(Status.CANCELLED, new Metadata());
        super.onCancel();
      }
    };
  }

  @Override
  public void sendMessage(R message) {
    boolean told = targets.answered(message);
    if (oneAnswer) {
      hold(message);
      return;
    }
    if (told) {
      end(Status.OK, new Metadata());
    }
    super.sendMessage(message);
  }

  private synchronized void hold(R message) {
    held = Optional.of(message);
  }

  private synchronized Optional<R> takeHeld() {
    Optional<R> message = held;
    held = Optional.empty();
    return message;
  }

  @Override
  public void close(Status status, Metadata trailers) {
    end(status, trailers);
    takeHeld().ifPresent(super::sendMessage);
    super.close(status, trailers);
  }

  private void end(Status status, Metadata trailers) {
    if (isNews(status.getCode())) {
      if (facts.isCounted(status.getCode())) {
        facts.refused(status, trailers, targets.found());
      } else {
        facts.ended(status, trailers, targets.found());
      }
    }
  }

  /** Not that a call ended well of which that was said, and nothing behind a failure but that. */
  private synchronized boolean isNews(Status.Code code) {
    boolean news =
        recorded
            .map(before -> isOk(before) != isOk(code) && code != Status.Code.CANCELLED)
            .orElse(true);
    if (news) {
      recorded = Optional.of(code);
    }
    return news;
  }

  private static boolean isOk(Status.Code code) {
    return code == Status.Code.OK;
  }
}
