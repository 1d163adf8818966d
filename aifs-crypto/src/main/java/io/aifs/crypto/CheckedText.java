package io.aifs.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HexFormat;

/** Text that ends in a short checksum of itself, so that a typing or copying slip is noticed. */
final class CheckedText {
  private static final int CHECK_BYTES = 4;
  private static final int CHECK_CHARS = 1 + 2 * CHECK_BYTES;

  /** {@code body}, a dash and 8 hex digits. */
  static String seal(String body) {
    return body + "-" + check(body);
  }

  /**
   * The body of {@code text}, white space around it left out.
   *
   * @param prefix what the body begins with, its version included
   * @throws DamagedKeyException if the checksum does not match or the prefix is another
   */
  static String open(String text, String prefix) throws DamagedKeyException {
    String checked = text.strip();
    int bodyChars = checked.length() - CHECK_CHARS;
    if (bodyChars < prefix.length() || !checked.startsWith(prefix)) {
      throw new DamagedKeyException("does not read as " + prefix + "...: wrong begin or cut off");
    }
    String body = checked.substring(0, bodyChars);
    if (!checked.equals(seal(body))) {
      throw new DamagedKeyException("checksum does not match: mistyped, cut off or damaged");
    }
    return body;
  }

  private static String check(String body) {
    byte[] digest = Digest.of(body.getBytes(UTF_8)).toBytes();
    return HexFormat.of().formatHex(Arrays.copyOf(digest, CHECK_BYTES));
  }

  private CheckedText() {}
}
