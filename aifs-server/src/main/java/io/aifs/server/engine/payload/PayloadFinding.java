package io.aifs.server.engine.payload;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What is known of an asset's content, measured by its kind.
 *
 * @param problem what is wrong and where, at most {@link #PROBLEM_BYTES_MAX} bytes; empty unless it
 *     is {@link State#INVALID}
 * @param vectors those of an Embed payload that is valid
 */
public record PayloadFinding(State state, String problem, Optional<StagedVectors> vectors) {
  public static final int PROBLEM_BYTES_MAX = 256;

  /** Nobody has looked. */
  public static final PayloadFinding UNCHECKED =
      new PayloadFinding(State.UNCHECKED, "", Optional.empty());

  /** It is what it must be. */
  public static final PayloadFinding VALID = new PayloadFinding(State.VALID, "", Optional.empty());

  /** What came of looking. */
  public enum State {
    UNCHECKED,
    VALID,
    INVALID
  }

  public PayloadFinding {
    requireNonNull(state, "state is null");
    requireNonNull(problem, "problem is null");
    requireNonNull(vectors, "vectors is null");
  }

  static PayloadFinding valid(StagedVectors vectors) {
    return new PayloadFinding(State.VALID, "", Optional.of(vectors));
  }

  static PayloadFinding invalid(String problem) {
    return new PayloadFinding(
        State.INVALID, PlainText.cut(problem, PROBLEM_BYTES_MAX), Optional.empty());
  }

  /** Whether somebody has looked, and it is what it must be. */
  public boolean valid() {
    return state == State.VALID;
  }
}
