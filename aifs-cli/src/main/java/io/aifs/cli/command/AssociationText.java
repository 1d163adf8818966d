package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.terminal.Printable;
import io.aifs.core.model.Association;
import io.aifs.core.model.AssociationData;
import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.core.model.TimeRange;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Optional;

/** How associations are written on command lines and printed. */
final class AssociationText {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private AssociationText() {}

  static ObjectId id(String text) {
    try {
      return ObjectId.parse(text);
    } catch (IllegalArgumentException e) {
      throw Usage.error(
          "'" + text + "': " + e.getMessage(),
          "write asset:ID, snap:ID, ref:NAME or SCHEME:REST such as run:812; 'aifs stat PATH'"
              + " shows an asset's id");
    }
  }

  static Name type(String text) {
    try {
      return new Name(text);
    } catch (IllegalArgumentException e) {
      throw Usage.error(e.getMessage() + "", "'aifs assoc types' shows the types");
    }
  }

  /** A time as ISO 8601 or as nanoseconds since 1970. */
  static long nanos(String option, String text) {
    try {
      if (text.matches("-?[0-9]+")) {
        return Long.parseLong(text);
      }
      Instant time =
          text.endsWith("Z") ? Instant.parse(text) : OffsetDateTime.parse(text).toInstant();
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND), time.getNano());
    } catch (DateTimeException | ArithmeticException | NumberFormatException _) {
      throw Usage.error(
          option + ": '" + text + "' is no time",
          "write 2026-11-26T12:00:00Z, or nanoseconds since 1970");
    }
  }

  /** Bounds that may be left out, both included. */
  static TimeRange times(Optional<String> from, Optional<String> to) {
    long low = from.map(text -> nanos("--from", text)).orElse(Long.MIN_VALUE);
    long high = to.map(text -> nanos("--to", text)).orElse(Long.MAX_VALUE);
    if (low > high) {
      throw Usage.error("--from is after --to", "exchange the two");
    }
    return new TimeRange(low, high);
  }

  /** Time, the other end, and data that is text. */
  static String line(Association association) {
    String data = text(association.data()).map(Printable::of).orElse(association.data() + "");
    return (time(association.timeNanos())
            + "  "
            + Printable.of(association.id2().toString())
            + "  "
            + data)
        .stripTrailing();
  }

  static Fields fields(Association association) {
    Fields fields =
        Fields.of("id1", association.id1())
            .with("type", association.type())
            .with("id2", association.id2())
            .with("time", time(association.timeNanos()))
            .with("time_nanos", association.timeNanos());
    Optional<String> text = text(association.data());
    return text.isPresent()
        ? fields.with("data", text.get())
        : fields.with(
            "data_base64", Base64.getEncoder().encodeToString(association.data().bytes()));
  }

  private static String time(long nanos) {
    return Instant.ofEpochSecond(
            Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND))
        .toString();
  }

  /** The data, if it is UTF-8. */
  private static Optional<String> text(AssociationData data) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data.bytes())).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }
}
