package io.aifs.cli.tensor;

import io.aifs.schemas.tensor.SliceRange;
import io.aifs.schemas.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a tensor as NumPy writes it: a range or an index for each of the first dimensions, with
 * commas between. {@code 0:10} are the first ten places, {@code -5:} the last five, {@code :} are
 * all, and {@code 3} or {@code -1} is one place, whose dimension goes.
 */
public record SliceText(List<Part> parts) {
  private static final Pattern FORM =
      Pattern.compile("(?<index>-?[0-9]{1,18})|(?<start>-?[0-9]{1,18})?:(?<end>-?[0-9]{1,18})?");

  public SliceText {
    parts = List.copyOf(parts);
  }

  /**
   * What is wanted of a dimension; numbers below zero count from its end.
   *
   * @param start empty for its beginning
   * @param end empty for its end
   * @param index whether it is only the place {@code start}
   */
  public record Part(Optional<Long> start, Optional<Long> end, boolean index) {
    SliceRange of(long length, int dimension) {
      long first = at(start.orElse(0L), length);
      long behind = index ? first + 1 : at(end.orElse(length), length);
      if (first < 0 || behind > length || first > behind) {
        throw new IllegalArgumentException(
            "'%s' is outside dimension %d, which has %d places".formatted(this, dimension, length));
      }
      return new SliceRange(first, behind, !index);
    }

    private static long at(long number, long length) {
      return number < 0 ? length + number : number;
    }

    @Override
    public String toString() {
      String first = start.map(String::valueOf).orElse("");
      return index ? first : first + ":" + end.map(String::valueOf).orElse("");
    }
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it is none, worded for users
   */
  public static SliceText parse(String text) {
    List<Part> parts = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (parts.size() == TensorType.DIMENSIONS_MAX) {
        throw new IllegalArgumentException(
            "a tensor has at most " + TensorType.DIMENSIONS_MAX + " dimensions");
      }
      parts.add(part(part.strip()));
    }
    return new SliceText(parts);
  }

  private static Part part(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is neither a range nor an index");
    }
    Optional<Long> index = number(matcher.group("index"));
    return index.isPresent()
        ? new Part(index, Optional.empty(), true)
        : new Part(number(matcher.group("start")), number(matcher.group("end")), false);
  }

  private static Optional<Long> number(@Nullable String digits) {
    return Optional.ofNullable(digits).map(Long::valueOf);
  }

  /**
   * The ranges that it means of a tensor.
   *
   * @throws IllegalArgumentException if they are not in it, worded for users
   */
  public List<SliceRange> of(List<Long> shape) {
    if (parts.size() > shape.size()) {
      throw new IllegalArgumentException(
          "there are %d parts, but the tensor has %d dimensions"
              .formatted(parts.size(), shape.size()));
    }
    List<SliceRange> ranges = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      ranges.add(parts.get(i).of(shape.get(i), i));
    }
    return ranges;
  }
}
