package io.aifs.core;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failure the caller can act on: what happened, a {@link Reason} for programs, and a hint that
 * says what to do next. Bugs stay {@link IllegalStateException}; I/O inside a layer stays {@link
 * java.io.IOException} until the engine names it.
 *
 * <p>A message never holds key bytes, tokens or content.
 */
public abstract sealed class AifsException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String hint;
  private volatile String requestId = "";

  private AifsException(Reason reason, String message, String hint, @Nullable Throwable cause) {
    super(requireNonNull(message, "message is null"), cause);
    this.reason = requireNonNull(reason, "reason is null");
    this.hint = requireNonNull(hint, "hint is null");
  }

  public final Reason reason() {
    return reason;
  }

  /** What to do next, as a sentence; empty when the message already says it. */
  public final String hint() {
    return hint;
  }

  /** Names the call that failed in the server's log; empty when none was made. */
  public final String requestId() {
    return requestId;
  }

  /** Says which call failed; for whoever makes the call, once it is known. */
  public final void setRequestId(String newRequestId) {
    this.requestId = requireNonNull(newRequestId, "newRequestId is null");
  }

  /** What was named does not exist, or not for this caller. */
  public static final class NotFound extends AifsException {
    public NotFound(Reason reason, String message, String hint) {
      super(reason, message, hint, null);
    }
  }

  /** What should be created exists. */
  public static final class AlreadyExists extends AifsException {
    public AlreadyExists(Reason reason, String message, String hint) {
      super(reason, message, hint, null);
    }
  }

  /** A compare-and-set lost. */
  public static final class Conflict extends AifsException {
    public Conflict(Reason reason, String message, String hint) {
      super(reason, message, hint, null);
    }
  }

  /** The request is wrong in itself, whatever the store holds. {@link #field} names the culprit. */
  public static final class InvalidRequest extends AifsException {
    private final String field;

    public InvalidRequest(Reason reason, String field, String message, String hint) {
      super(reason, message, hint, null);
      this.field = requireNonNull(field, "field is null");
    }

    public String field() {
      return field;
    }
  }

  /** The request is well formed, but the store's state forbids it. */
  public static final class Precondition extends AifsException {
    /** Kept from serialised form, which nothing uses: the message names them. */
    private final transient List<Violation> violations;

    public Precondition(Reason reason, String message, String hint) {
      this(reason, message, hint, List.of());
    }

    /**
     * @param violations each rule that is broken, where the state is a set of rules
     */
    public Precondition(Reason reason, String message, String hint, List<Violation> violations) {
      super(reason, message, hint, null);
      this.violations = List.copyOf(violations);
    }

    /** Each rule that is broken; empty if the message says it all. */
    public List<Violation> violations() {
      return violations;
    }

    /**
     * A rule that is broken.
     *
     * @param rule names the rule, such as a JSON pointer into a policy
     * @param place where in the request it is broken
     */
    public record Violation(String rule, String place, String message) {}
  }

  /** No token was given, and the call needs one. */
  public static final class Unauthenticated extends AifsException {
    public Unauthenticated(Reason reason, String message, String hint) {
      super(reason, message, hint, null);
    }
  }

  /** A token was given and does not allow this, or a key does not open this store. */
  public static final class Denied extends AifsException {
    public Denied(Reason reason, String message, String hint) {
      super(reason, message, hint, null);
    }
  }

  /** A limit, quota or budget is used up, or the disk is full. */
  public static final class LimitExceeded extends AifsException {
    private final long retryAfterMillis;

    public LimitExceeded(Reason reason, String message, String hint) {
      this(reason, message, hint, 0);
    }

    /**
     * @param retryAfterMillis when trying again may succeed; 0 when it would not
     */
    public LimitExceeded(Reason reason, String message, String hint, long retryAfterMillis) {
      super(reason, message, hint, null);
      this.retryAfterMillis = retryAfterMillis;
    }

    public long retryAfterMillis() {
      return retryAfterMillis;
    }
  }

  /** Stored data failed its integrity check. */
  public static final class Corrupt extends AifsException {
    public Corrupt(Reason reason, String message, String hint) {
      super(reason, message, hint, null);
    }

    public Corrupt(Reason reason, String message, String hint, @Nullable Throwable cause) {
      super(reason, message, hint, cause);
    }
  }

  /** It may work later: the server is away, busy, locked or shutting down. */
  public static final class Unavailable extends AifsException {
    public Unavailable(Reason reason, String message, String hint, @Nullable Throwable cause) {
      super(reason, message, hint, cause);
    }
  }

  /** This build cannot do it: a later format, or a method that is not there yet. */
  public static final class Unsupported extends AifsException {
    public Unsupported(Reason reason, String message, String hint) {
      super(reason, message, hint, null);
    }
  }

  /** Something failed that should not have: a bug or an I/O error with no better name. */
  public static final class Failed extends AifsException {
    public Failed(Reason reason, String message, String hint, @Nullable Throwable cause) {
      super(reason, message, hint, cause);
    }
  }
}
