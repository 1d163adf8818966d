package io.aifs.cli.doctor;

/**
 * What a check says.
 *
 * @param hint what to do; empty when nothing is to be done
 */
public record Finding(Verdict verdict, String check, String message, String hint) {
  /** How it is. */
  public enum Verdict {
    OK,
    /** Works, but could be better, or is not set up yet. */
    NOTE,
    /** Does not work. */
    BAD
  }

  static Finding ok(String check, String message) {
    return new Finding(Verdict.OK, check, message, "");
  }

  static Finding note(String check, String message, String hint) {
    return new Finding(Verdict.NOTE, check, message, hint);
  }

  static Finding bad(String check, String message, String hint) {
    return new Finding(Verdict.BAD, check, message, hint);
  }
}
