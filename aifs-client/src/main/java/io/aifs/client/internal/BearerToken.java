package io.aifs.client.internal;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;

/** The form of a token, checked before it becomes a header. */
final class BearerToken {
  /**
   * The token without white space around it, as files have it.
   *
   * @throws AifsException.InvalidRequest if it cannot be a token; the message does not show it
   */
  static String checked(String token) {
    String stripped = token.strip();
    boolean printable = stripped.chars().allMatch(c -> c > ' ' && c < 127);
    if (stripped.isEmpty() || !printable || stripped.length() > Limits.TOKEN_BYTES_MAX) {
      throw new AifsException.InvalidRequest(
          Reason.TOKEN_INVALID,
          "token",
          "the token is empty, holds characters that no token has, or is over "
              + Limits.TOKEN_BYTES_MAX
              + " bytes",
          "check that the token file holds the token and nothing else");
    }
    return stripped;
  }

  private BearerToken() {}
}
