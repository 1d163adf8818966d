package io.aifs.core;

/**
 * How the {@code aifs} command ends. The numbers are stable: scripts rely on them. 130 and 143, for
 * SIGINT and SIGTERM, are given by the signal alone.
 */
public enum ExitCode {
  OK(0),
  /** Also "there are differences". */
  FAILED(1),
  USAGE(2),
  /** Some of it was done; the rest is named on standard error. */
  PARTIAL(3),
  DENIED(4),
  NOT_FOUND(5),
  CONFLICT(6),
  INTEGRITY(7),
  EXHAUSTED(8),
  UNAVAILABLE(9),
  LOCKED(10),
  UNSUPPORTED(12),
  INTERRUPTED(130),
  TERMINATED(143);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** The exit code of a command that ends with {@code failure}. */
  public static ExitCode of(AifsException failure) {
    return switch (failure.reason()) {
      case STORE_LOCKED -> LOCKED;
      case READ_ONLY_REF -> USAGE;
      case FORMAT_NEWER, METHOD_NOT_BUILT -> UNSUPPORTED;
      default -> ofType(failure);
    };
  }

  private static ExitCode ofType(AifsException failure) {
    return switch (failure) {
      case AifsException.NotFound _ -> NOT_FOUND;
      case AifsException.AlreadyExists _ -> CONFLICT;
      case AifsException.Conflict _ -> CONFLICT;
      case AifsException.InvalidRequest _ -> USAGE;
      case AifsException.Precondition _ -> CONFLICT;
      case AifsException.Unauthenticated _ -> DENIED;
      case AifsException.Denied _ -> DENIED;
      case AifsException.LimitExceeded _ -> EXHAUSTED;
      case AifsException.Corrupt _ -> INTEGRITY;
      case AifsException.Unavailable _ -> UNAVAILABLE;
      case AifsException.Unsupported _ -> UNSUPPORTED;
      case AifsException.Failed _ -> FAILED;
    };
  }
}
