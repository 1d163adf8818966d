package io.aifs.server.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.server.file.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A log over a disk of a test's choice, with small segments, and its surroundings. */
final class LogRig {
  static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  static final String STORE = "5e".repeat(16);

  private static final long SEGMENT_BYTES = 40_000;

  final Heads heads = new Heads();
  final Time time = new Time();
  final HeadSeal seal = new HeadSeal("a key of thirty two whole bytes.".getBytes(US_ASCII), STORE);
  int reserve;

  /** The catalog, as far as the log sees it. */
  static final class Heads implements HeadStore {
    Optional<SealedHead> newest = Optional.empty();
    int writes;

    @Override
    public Optional<SealedHead> newest() {
      return newest;
    }

    @Override
    public void keep(SealedHead head) {
      newest = Optional.of(head);
      writes++;
    }
  }

  /** Stands still until a test moves it. */
  static final class Time extends Clock {
    private volatile Instant now = NOON;

    void pass(long millis) {
      now = now.plusMillis(millis);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  AuditLog open(Disk disk) {
    return open(disk, SEGMENT_BYTES);
  }

  AuditLog open(Disk disk, long segmentBytes) {
    try {
      return AuditLog.open(disk, STORE, seal, heads, time, new Room(), segmentBytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Room implements AuditLog.Room {
    @Override
    public boolean release(IOException failure) {
      reserve--;
      return reserve >= 0;
    }

    @Override
    public AifsException refusal(IOException failure) {
      return new AifsException.LimitExceeded(Reason.DISK_FULL, "full", "");
    }
  }

  AuditRecord record(String method, Map<String, Object> what) {
    return record(method, "OK", what);
  }

  AuditRecord record(String method, String outcome, Map<String, Object> what) {
    return new AuditRecord(
        time.instant(),
        "70".repeat(16),
        "fa".repeat(16),
        method,
        "default",
        what,
        outcome,
        outcome.equals("OK") ? "" : "TOKEN_NOT_ALLOWED",
        "request-1",
        "127.0.0.1",
        1);
  }

  /** Appends so many records. */
  void fill(AuditLog log, int records) {
    for (int i = 0; i < records; i++) {
      log.append(record("aifs.v1.Tree/PutFiles", Map.of("path", "data/file-" + i)));
    }
  }

  static List<String> problems(AuditLog log, AuditHead... expected) {
    List<ExpectedHead> heads = new ArrayList<>();
    for (AuditHead head : expected) {
      heads.add(new ExpectedHead(head, "the expected head " + head.sequence()));
    }
    List<String> problems = new ArrayList<>();
    try {
      log.verify(heads, problems::add, _ -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return problems;
  }

  /** Every record from this one on. */
  static List<String> lines(AuditLog log, long from) {
    List<String> lines = new ArrayList<>();
    AuditCursor cursor = log.read(from);
    try {
      for (Optional<AuditCursor.Page> page = cursor.next();
          page.isPresent();
          page = cursor.next()) {
        lines.addAll(page.get().records());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }
}
