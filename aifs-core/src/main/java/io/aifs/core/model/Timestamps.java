package io.aifs.core.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Times as they stand in messages and under signatures: ISO 8601, UTC as {@code +00:00}, with
 * microseconds: {@code 2026-11-26T08:00:00.123456+00:00}.
 */
public final class Timestamps {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

  private static final int ISO_DATE_LENGTH = 10;

  private Timestamps() {}

  /** What is finer than a microsecond is left out. */
  public static String format(Instant instant) {
    return FORM.format(instant.truncatedTo(ChronoUnit.MICROS));
  }

  /**
   * Reads {@link #format}, and nothing else.
   *
   * @throws IllegalArgumentException if it is in another form
   */
  public static Instant parse(String text) {
    try {
      Instant instant = OffsetDateTime.parse(text, FORM).toInstant();
      if (format(instant).equals(text)) {
        return instant;
      }
    } catch (DateTimeException _) {
      // said below
    }
    throw new IllegalArgumentException("time is not in the form 2026-11-26T08:00:00.123456+00:00");
  }

  /**
   * Reads a time as people write it: ISO-8601 with a zone, or a date, which means its midnight UTC.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Instant parseAny(String text) {
    try {
      return text.length() == ISO_DATE_LENGTH
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no time such as 2026-11-26T08:00:00Z or 2026-11-26", e);
    }
  }
}
