package io.aifs.cli.command;

import io.aifs.cli.config.TokenText;
import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.crypto.Macaroon;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** A token that a command is given to look at, from a file or from standard input. */
final class TokenInput {
  /**
   * Reads it.
   *
   * @param file a file, or {@code -} for standard input; never the token itself
   * @throws AifsException.InvalidRequest if there is no token in it; the message does not show it
   */
  static Macaroon read(Invocation invocation, String file) throws IOException {
    TokenText.refuseIn(file);
    if (file.equals("-")) {
      if (invocation.surroundings().properties().inIsTerminal()) {
        invocation.say("reading the token from standard input");
      }
      return parse(text(invocation.surroundings().in()), "standard input");
    }
    try (InputStream in = Files.newInputStream(invocation.surroundings().path(file))) {
      return parse(text(in), file);
    }
  }

  /** One byte more than a token has is enough to know that it is none. */
  private static String text(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(2 * Limits.TOKEN_BYTES_MAX);
    return new String(bytes, StandardCharsets.UTF_8).strip();
  }

  private static Macaroon parse(String text, String from) {
    try {
      return Macaroon.parse(text);
    } catch (IllegalArgumentException e) {
      throw new AifsException.InvalidRequest(
          Reason.TOKEN_INVALID,
          "token",
          from + " holds no token: " + e.getMessage(),
          "it must hold the token and nothing else");
    }
  }

  private TokenInput() {}
}
