package io.aifs.cli.config;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.util.regex.Pattern;

/** What looks like a token where none may stand. */
public final class TokenText {
  /** The first bytes of every token, and then more than any name or id has. */
  private static final Pattern FORM = Pattern.compile("Ag[E-L][A-Za-z0-9_-]{60,}=*");

  /**
   * Returns if an argument is no token: other users see the arguments of every process, and
   * messages show them.
   *
   * @throws AifsException.InvalidRequest if it is one; the message does not show it
   */
  public static void refuseIn(String argument) {
    if (FORM.matcher(argument.strip()).matches()) {
      throw new AifsException.InvalidRequest(
          Reason.ARGUMENT_INVALID,
          "command line",
          "that is a token itself, and others can see the arguments of a command",
          "put it into a file and name the file, or give it on standard input; if others are on"
              + " this machine, think of revoking it");
    }
  }

  private TokenText() {}
}
