package io.aifs.cli.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them. */
public final class ByteCounts {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})(?:([KMGT])(?:i?B)?|B)?");
  private static final String UNITS = "KMGT";
  private static final int UNIT_BITS = 10;

  /**
   * Reads {@code 1048576}, {@code 512K}, {@code 10M}, {@code 10MiB} or {@code 2G}: each unit is
   * 1,024 of the one before.
   *
   * @throws IllegalArgumentException if it is none of these, or too many
   */
  public static long parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("it is no number of bytes such as 10M");
    }
    long count = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2);
    int bits = unit == null ? 0 : UNIT_BITS * (UNITS.indexOf(unit) + 1);
    if (count > Long.MAX_VALUE >> bits) {
      throw new IllegalArgumentException("it is too many bytes");
    }
    return count << bits;
  }

  private ByteCounts() {}
}
