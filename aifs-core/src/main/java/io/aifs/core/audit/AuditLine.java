package io.aifs.core.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.crypto.Digest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of an audit log, as far as the chain goes. The rest of it is not looked at.
 *
 * @param sequence its number, from 1
 * @param storeId whose log it is of; empty if it does not say
 * @param previous the digest that it gives of the line before
 * @param said the digest that it gives of itself
 * @param digest the one that its bytes have: BLAKE3 of all before {@code ,"digest"}
 */
record AuditLine(long sequence, String storeId, Digest previous, Digest said, Digest digest) {
  private static final Pattern BEGINNING = Pattern.compile("\\{\"seq\":([1-9][0-9]{0,17}),");

  /** Inside of a text its quotes would be escaped. */
  private static final Pattern STORE = Pattern.compile(",\"store\":\"([^\"]*)\"");

  private static final Pattern END =
      Pattern.compile(",\"prev\":\"([0-9a-f]{64})\",\"digest\":\"([0-9a-f]{64})\"\\}");

  /** The chars of {@link #END}, and how many of them are after what the digest covers. */
  private static final int END_CHARS = 151;

  private static final int UNCOVERED_CHARS = 77;

  /**
   * @throws IllegalArgumentException if it is no line of a log
   */
  static AuditLine parse(String line) {
    Matcher beginning = BEGINNING.matcher(line);
    Matcher end = END.matcher(line.substring(Math.max(0, line.length() - END_CHARS)));
    if (!beginning.lookingAt() || !end.matches()) {
      throw new IllegalArgumentException("it is no record");
    }
    Matcher store = STORE.matcher(line);
    String covered = line.substring(0, line.length() - UNCOVERED_CHARS);
    return new AuditLine(
        Long.parseLong(beginning.group(1)),
        store.find() ? store.group(1) : "",
        Digest.parse(end.group(1)),
        Digest.parse(end.group(2)),
        Digest.of(covered.getBytes(UTF_8)));
  }
}
