package io.aifs.client.internal;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RangeProofBrokenException;
import io.grpc.Status;
import io.grpc.StatusException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Turns the end of a call into the exception that its caller understands. */
final class FailureMapper {
  static Failure of(StatusException ended, CallContext call) {
    WireError error = WireError.of(ended);
    AifsException exception = exception(error, ended, call);
    String answeredId = error.details().getOrDefault("request_id", "");
    exception.setRequestId(answeredId.isEmpty() ? call.requestId() : answeredId);
    return new Failure(exception, passing(error), error.retryAfter().orElse(Duration.ZERO));
  }

  static AifsException stalled(StalledException stalled, CallContext call) {
    return of(
        call,
        new AifsException.Unavailable(
            Reason.STALLED,
            call.server()
                + " moved no byte of "
                + call.method()
                + " for "
                + shown(stalled.patience()),
            "see whether the server and the network are well, and try again",
            stalled));
  }

  static AifsException interrupted(CallContext call) {
    Thread.currentThread().interrupt();
    return of(
        call,
        new AifsException.Failed(Reason.CANCELLED, call.method() + " was interrupted", "", null));
  }

  /** An answer that breaks the contract of the wire. */
  static AifsException nonsense(CallContext call, String what, @Nullable Throwable cause) {
    return of(
        call,
        new AifsException.Failed(
            Reason.INTERNAL,
            call.server() + " gave an answer to " + call.method() + " that is wrong: " + what,
            "see whether client and server are of versions that fit",
            cause));
  }

  /** What is to be put cannot be read. */
  static AifsException unreadable(CallContext call, IOException cause) {
    return of(
        call,
        new AifsException.Failed(
            Reason.IO_FAILED, "the content cannot be read: " + cause.getMessage(), "", cause));
  }

  /** All of an asset has come, and is not what its id says. */
  static AifsException otherContent(Digest asset, Digest received, CallContext call) {
    return of(
        call,
        new AifsException.Corrupt(
            Reason.ASSET_DAMAGED,
            "the content of " + asset + " came as " + received,
            "see what the store itself says with: aifs verify " + asset));
  }

  /** What was sent was stored as something else. */
  static AifsException otherTaken(Digest taken, Digest sent, CallContext call) {
    return of(
        call,
        new AifsException.Corrupt(
            Reason.ASSET_DAMAGED,
            "the store took " + taken + ", but " + sent + " was sent",
            "put it again; if it happens again, check the memory of both machines"));
  }

  /** All of a range has come, and is not what its proof says. */
  static AifsException brokenProof(RangeProofBrokenException broken, CallContext call) {
    return of(
        call,
        new AifsException.Corrupt(
            Reason.PROOF_BROKEN,
            call.server() + " gave a wrong proof: " + broken.getMessage(),
            "see what the store itself says with: aifs verify ID",
            broken));
  }

  static AifsException of(CallContext call, AifsException exception) {
    exception.setRequestId(call.requestId());
    return exception;
  }

  private static boolean passing(WireError error) {
    return switch (error.code()) {
      // A version that did not come while the server waited is not waited for again.
      case UNAVAILABLE -> !error.reason().equals(Reason.VERSION_NOT_REACHED.name());
      case RESOURCE_EXHAUSTED -> error.retryAfter().isPresent();
      default -> false;
    };
  }

  private static AifsException exception(WireError error, StatusException ended, CallContext call) {
    Reason reason = reason(error);
    String message = message(error, ended, call);
    String hint = error.hint();
    return switch (error.code()) {
      case NOT_FOUND -> new AifsException.NotFound(reason, message, hint);
      case ALREADY_EXISTS -> new AifsException.AlreadyExists(reason, message, hint);
      case ABORTED -> new AifsException.Conflict(reason, message, hint);
      case INVALID_ARGUMENT, OUT_OF_RANGE ->
          new AifsException.InvalidRequest(reason, error.field(), message, hint);
      case FAILED_PRECONDITION -> new AifsException.Precondition(reason, message, hint);
      case UNAUTHENTICATED ->
          new AifsException.Unauthenticated(
              reason, message, or(hint, "give a token with --token-file"));
      case PERMISSION_DENIED -> new AifsException.Denied(reason, message, hint);
      case RESOURCE_EXHAUSTED ->
          new AifsException.LimitExceeded(
              reason, message, hint, error.retryAfter().map(Duration::toMillis).orElse(0L));
      case DATA_LOSS -> new AifsException.Corrupt(reason, message, hint, ended);
      case UNAVAILABLE ->
          new AifsException.Unavailable(
              reason, message, or(hint, "start it with: aifs serve"), ended);
      case DEADLINE_EXCEEDED ->
          new AifsException.Unavailable(
              reason, message, or(hint, "try again, or allow it more time with --timeout"), ended);
      case UNIMPLEMENTED ->
          new AifsException.Unsupported(
              reason, message, or(hint, "see whether the server is of an older version"));
      case OK, CANCELLED, UNKNOWN, INTERNAL ->
          new AifsException.Failed(reason, message, hint, ended);
    };
  }

  private static String message(WireError error, StatusException ended, CallContext call) {
    if (error.reason().isEmpty()) {
      if (error.code() == Status.Code.UNAVAILABLE) {
        return call.server() + " is not answering" + inBrackets(rootMessage(ended));
      }
      if (error.code() == Status.Code.DEADLINE_EXCEEDED) {
        return call.method()
            + " on "
            + call.server()
            + " took longer than its deadline of "
            + shown(call.deadline());
      }
    }
    return or(
        error.message(), call.server() + " answered " + call.method() + " with " + error.code());
  }

  private static String rootMessage(StatusException ended) {
    String message = ended.getStatus().getDescription();
    for (Throwable cause = ended.getCause(); cause != null; cause = cause.getCause()) {
      message = cause.getMessage();
    }
    return message == null ? "" : message;
  }

  private static Reason reason(WireError error) {
    for (Reason reason : Reason.values()) {
      if (reason.name().equals(error.reason())) {
        return reason;
      }
    }
    return switch (error.code()) {
      case INVALID_ARGUMENT, OUT_OF_RANGE -> Reason.ARGUMENT_INVALID;
      case UNAUTHENTICATED -> Reason.TOKEN_MISSING;
      case PERMISSION_DENIED -> Reason.TOKEN_NOT_ALLOWED;
      case RESOURCE_EXHAUSTED -> Reason.LIMIT_EXCEEDED;
      case DATA_LOSS -> Reason.ASSET_DAMAGED;
      case UNAVAILABLE -> Reason.SERVER_UNAVAILABLE;
      case DEADLINE_EXCEEDED -> Reason.DEADLINE_EXCEEDED;
      case UNIMPLEMENTED -> Reason.METHOD_NOT_BUILT;
      case ABORTED -> Reason.MOVED_MEANWHILE;
      case CANCELLED -> Reason.CANCELLED;
      case INTERNAL -> Reason.INTERNAL;
      case OK, UNKNOWN, NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION -> Reason.UNKNOWN;
    };
  }

  private static String or(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }

  private static String inBrackets(String text) {
    return text.isEmpty() ? "" : " (" + text + ")";
  }

  /** "60 s" or "250 ms". */
  private static String shown(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
  }

  private FailureMapper() {}
}
