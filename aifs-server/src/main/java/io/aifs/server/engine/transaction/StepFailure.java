package io.aifs.server.engine.transaction;

import io.aifs.core.AifsException;

/** A failure of one step, which says which one. */
final class StepFailure {
  private StepFailure() {}

  /**
   * The same failure with the step in front of its message.
   *
   * @param number from 1 on
   */
  static AifsException at(long number, StagedStep step, AifsException failure) {
    String message = "step " + number + " (" + step.what() + "): " + failure.getMessage();
    AifsException named =
        switch (failure) {
          case AifsException.NotFound e ->
              new AifsException.NotFound(e.reason(), message, e.hint());
          case AifsException.AlreadyExists e ->
              new AifsException.AlreadyExists(e.reason(), message, e.hint());
          case AifsException.Conflict e ->
              new AifsException.Conflict(e.reason(), message, e.hint());
          case AifsException.InvalidRequest e ->
              new AifsException.InvalidRequest(e.reason(), e.field(), message, e.hint());
          case AifsException.Precondition e ->
              new AifsException.Precondition(e.reason(), message, e.hint());
          case AifsException.LimitExceeded e ->
              new AifsException.LimitExceeded(e.reason(), message, e.hint(), e.retryAfterMillis());
          // Not about the step, but about the store or the caller.
          case AifsException.Unauthenticated e -> e;
          case AifsException.Denied e -> e;
          case AifsException.Corrupt e -> e;
          case AifsException.Unavailable e -> e;
          case AifsException.Unsupported e -> e;
          case AifsException.Failed e -> e;
        };
    if (named != failure) {
      named.addSuppressed(failure);
    }
    return named;
  }
}
