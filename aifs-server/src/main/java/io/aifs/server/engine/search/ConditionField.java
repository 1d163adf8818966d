package io.aifs.server.engine.search;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Timestamps;
import io.aifs.server.engine.Instants;
import io.aifs.vector.Condition;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What conditions may ask of an asset beside its metadata. */
enum ConditionField {
  /** {@code @kind}: one of the kinds of assets. */
  KIND {
    @Override
    Condition compare(Comparison comparison, ConditionText.Word value, ConditionText text) {
      Condition is = new Condition.KindIn(Set.of(kind(value, text)));
      return switch (comparison) {
        case EQUAL -> is;
        case DIFFERENT -> new Condition.Not(is);
        case LEAST, ABOVE, MOST, BELOW ->
            throw text.wrong(value.at(), "kinds have no order; compare with =, != or in");
      };
    }

    @Override
    Condition in(Set<ConditionText.Word> values, int at, ConditionText text) {
      Set<Integer> kinds = new HashSet<>();
      values.forEach(value -> kinds.add(kind(value, text)));
      return new Condition.KindIn(kinds);
    }
  },

  /** {@code @size}: bytes of content. */
  SIZE {
    @Override
    Condition compare(Comparison comparison, ConditionText.Word value, ConditionText text) {
      long bytes = size(value, text);
      return range(comparison, bytes, bytes, Condition.SizeBetween::new);
    }
  },

  /** {@code @created}: when it became visible; a date is its whole day. */
  CREATED {
    @Override
    Condition compare(Comparison comparison, ConditionText.Word value, ConditionText text) {
      try {
        Instant time = Timestamps.parseAny(value.text());
        boolean isDate = value.text().length() == DATE_CHARS;
        long first = Instants.toMicros(time);
        long last =
            isDate
                ? Instants.toMicros(time.plus(Duration.ofDays(1))) - 1
                : first; // UTC has no leaps
        return range(comparison, first, last, Condition.CreatedBetween::new);
      } catch (IllegalArgumentException | DateTimeException | ArithmeticException _) {
        throw text.wrong(
            value.at(), "that is no time such as 2026-11-26T08:00:00Z and no date as 2026-11-26");
      }
    }
  };

  private static final int DATE_CHARS = 10;
  private static final Pattern SIZE_FORM = Pattern.compile("[0-9]{1,18}");

  /** Makes a condition of a range, both ends in it. */
  @FunctionalInterface
  private interface Range {
    Condition of(long first, long last);
  }

  /**
   * The condition that it compares so with a value.
   *
   * @throws io.aifs.core.AifsException.InvalidRequest if it cannot
   */
  abstract Condition compare(Comparison comparison, ConditionText.Word value, ConditionText text);

  /**
   * The condition that it is one of these.
   *
   * @param at where that is said
   * @throws io.aifs.core.AifsException.InvalidRequest if it cannot be asked
   */
  Condition in(Set<ConditionText.Word> values, int at, ConditionText text) {
    throw text.wrong(
        at, "'in' is for metadata and @kind; ask for " + spelling() + " with >= and <=");
  }

  /**
   * The field that a word names.
   *
   * @throws io.aifs.core.AifsException.InvalidRequest if it names none
   */
  static ConditionField of(ConditionText.Word word, ConditionText text) {
    for (ConditionField field : values()) {
      if (field.spelling().equals(word.text())) {
        return field;
      }
    }
    throw text.wrong(
        word.at(),
        "there is no such field; there are @kind, @size and @created (a key of metadata that begins"
            + " with @ goes in quotes)");
  }

  private String spelling() {
    return "@" + name().toLowerCase(Locale.ROOT);
  }

  /** What lies so to the values from {@code first} to {@code last}, which count as one. */
  private static Condition range(Comparison comparison, long first, long last, Range range) {
    return switch (comparison) {
      case EQUAL -> range.of(first, last);
      case DIFFERENT -> new Condition.Not(range.of(first, last));
      case LEAST -> range.of(first, Long.MAX_VALUE);
      case ABOVE -> range.of(last + 1, Long.MAX_VALUE);
      case MOST -> range.of(Long.MIN_VALUE, last);
      case BELOW -> range.of(Long.MIN_VALUE, first - 1);
    };
  }

  private static int kind(ConditionText.Word value, ConditionText text) {
    try {
      return AssetKind.valueOf(value.text().toUpperCase(Locale.ROOT)).code();
    } catch (IllegalArgumentException _) {
      throw text.wrong(
          value.at(), "that is no kind; the kinds are BLOB, TENSOR, EMBED and ARTIFACT");
    }
  }

  private static long size(ConditionText.Word value, ConditionText text) {
    if (!SIZE_FORM.matcher(value.text()).matches()) {
      throw text.wrong(value.at(), "that is no size in bytes, a number of up to 18 digits");
    }
    return Long.parseLong(value.text());
  }
}
