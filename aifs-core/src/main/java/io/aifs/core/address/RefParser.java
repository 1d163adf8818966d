package io.aifs.core.address;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.Timestamps;
import java.time.Instant;

/** Reads the spelling of a {@link Ref}. Problems are IllegalArgumentException, worded for users. */
final class RefParser {
  private static final Instant TIME_MIN = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant TIME_MAX = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private RefParser() {}

  static Ref parse(String text) {
    int at = text.indexOf("@{");
    if (at >= 0) {
      if (!text.endsWith("}")) {
        throw new IllegalArgumentException("ref has no } after @{");
      }
      Name name = name(text.substring(0, at));
      return new Ref.AsOf(new Ref.Named(name), time(text.substring(at + 2, text.length() - 1)));
    }
    int tilde = text.indexOf('~');
    return tilde < 0
        ? base(text)
        : new Ref.Ancestor(base(text.substring(0, tilde)), generations(text.substring(tilde + 1)));
  }

  private static Ref.Base base(String text) {
    return text.startsWith(Ref.Snapshot.PREFIX)
        ? new Ref.Snapshot(new SnapshotId(text.substring(Ref.Snapshot.PREFIX.length())))
        : new Ref.Named(name(text));
  }

  private static Name name(String text) {
    return new Name(text);
  }

  private static int generations(String digits) {
    if (!digits.matches("0|[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException("ref has no number after ~");
    }
    return Integer.parseInt(digits);
  }

  private static Instant time(String text) {
    Instant time = Timestamps.parseAny(text);
    if (time.isBefore(TIME_MIN) || time.isAfter(TIME_MAX)) {
      throw new IllegalArgumentException("ref has a year outside 0..9999");
    }
    return time;
  }
}
