package io.aifs.cli.transfer;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Some bytes of a file, counted from 0, both ends included: {@code 0-99} is the first 100, {@code
 * 100-} everything after them, {@code -100} the last 100.
 *
 * @param first empty counts from the end
 * @param last with {@code first} the last byte, empty meaning the end; else how many
 */
public record ByteRange(Optional<Long> first, Optional<Long> last) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})?-([0-9]{1,18})?");

  /** Where to read. */
  public record Slice(long offset, long length) {}

  /**
   * @throws IllegalArgumentException if it is no range
   */
  public static ByteRange parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || text.equals("-")) {
      throw new IllegalArgumentException("range is not like 0-99, 100- or -100: " + text);
    }
    ByteRange range =
        new ByteRange(
            Optional.ofNullable(matcher.group(1)).map(Long::valueOf),
            Optional.ofNullable(matcher.group(2)).map(Long::valueOf));
    if (range.first.isPresent() && range.last.isPresent() && range.first.get() > range.last.get()) {
      throw new IllegalArgumentException("range ends before it begins: " + text);
    }
    return range;
  }

  /**
   * The part of content of {@code size} bytes that the range means.
   *
   * @throws IllegalArgumentException if it begins behind the end
   */
  public Slice of(long size) {
    if (first.isEmpty()) {
      long length = Math.min(size, last.orElse(0L));
      return new Slice(size - length, length);
    }
    if (first.get() > size) {
      throw new IllegalArgumentException(
          "range begins at byte " + first.get() + " of content that has " + size);
    }
    long end = last.isPresent() ? Math.min(size, last.get() + 1) : size;
    return new Slice(first.get(), Math.max(0, end - first.get()));
  }
}
