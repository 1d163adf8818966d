package io.aifs.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text that ends in a short checksum of itself, so that a typing or copying slip is noticed. */
final class CheckedText {
  private static final int CHECK_BYTES = 4;
  private static final int CHECK_CHARS = 1 + 2 * CHECK_BYTES;

  /** {@code body}, a dash and 8 hex digits. */
  static String seal(String body) {
    return body + "-" + check(body);
  }

  /**
   * What follows {@code <name>-<version>:} in {@code text}, white space around it left out.
   *
   * @throws DamagedKeyException if the checksum does not match or the name is another
   * @throws NewerKeyFormatException if it is intact and of a later version
   */
  static String open(String text, String name, int version)
      throws DamagedKeyException, NewerKeyFormatException {
    String checked = text.strip();
    int bodyChars = checked.length() - CHECK_CHARS;
    if (bodyChars < 0 || !checked.equals(seal(checked.substring(0, bodyChars)))) {
      throw new DamagedKeyException(
          name + " text does not match its checksum: mistyped, cut off or something else");
    }
    Matcher body =
        Pattern.compile(Pattern.quote(name) + "-([1-9][0-9]{0,5}):(.*)")
            .matcher(checked.substring(0, bodyChars));
    if (!body.matches()) {
      throw new DamagedKeyException("text does not begin with " + name + "-" + version + ":");
    }
    int found = Integer.parseInt(body.group(1));
    if (found > version) {
      throw new NewerKeyFormatException(
          name + " text is of version " + found + ", this build reads up to " + version);
    }
    return body.group(2);
  }

  private static String check(String body) {
    byte[] digest = Digest.of(body.getBytes(UTF_8)).toBytes();
    return HexFormat.of().formatHex(Arrays.copyOf(digest, CHECK_BYTES));
  }

  private CheckedText() {}
}
