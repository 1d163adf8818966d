package io.aifs.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.server.file.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the log in order, and goes on where it was when there is more. Not thread-safe. */
public final class AuditCursor {
  private static final int PAGE_BYTES = 256 << 10;

  private final Disk disk;
  private final long from;
  private final Supplier<SegmentWriter.End> end;
  private @Nullable Segment segment;
  private long offset;
  private boolean begun;
  private AuditHead head = AuditHead.NONE;

  AuditCursor(Disk disk, long from, Supplier<SegmentWriter.End> end) {
    this.disk = disk;
    this.from = from;
    this.end = end;
  }

  /**
   * Some records.
   *
   * @param records as they stand in the log, without line feeds
   * @param head the newest of them, or of those before
   */
  public record Page(List<String> records, AuditHead head) {
    public Page {
      records = List.copyOf(records);
    }
  }

  /** The next records, at least one; empty if there are no more now. */
  public Optional<Page> next() throws IOException {
    while (true) {
      SegmentWriter.End now = end.get();
      Segment open = segment == null ? beginning() : segment;
      if (open == null) {
        return Optional.empty();
      }
      segment = open;
      List<String> records = read(open, now);
      if (!records.isEmpty()) {
        return Optional.of(new Page(records, head));
      }
      Optional<Segment> following = behind(open, now);
      if (following.isEmpty()) {
        return Optional.empty();
      }
      segment = following.get();
      offset = 0;
    }
  }

  private @Nullable Segment beginning() throws IOException {
    Segment found = null;
    for (Segment one : Segment.list(disk)) {
      if (found == null || one.first() <= from) {
        found = one;
      }
    }
    return found;
  }

  private Optional<Segment> behind(Segment before, SegmentWriter.End now) throws IOException {
    long newest = now.segment().map(Segment::first).orElse(0L);
    return Segment.list(disk).stream()
        .filter(one -> one.first() > before.first() && one.first() <= newest)
        .findFirst();
  }

  private List<String> read(Segment open, SegmentWriter.End now) throws IOException {
    long limit = now.segment().filter(open::equals).isPresent() ? now.length() : Long.MAX_VALUE;
    List<String> records = new ArrayList<>();
    long bytes = 0;
    try (SegmentLines lines = new SegmentLines(disk, open, offset, limit)) {
      Optional<SegmentLines.Line> line = lines.next();
      while (line.isPresent()) {
        offset = line.get().end();
        if (isWanted(line.get().bytes())) {
          records.add(new String(line.get().bytes(), UTF_8));
          bytes += line.get().bytes().length;
        }
        line = bytes < PAGE_BYTES ? lines.next() : Optional.empty();
      }
    }
    return records;
  }

  /** Lines that are no records are shown, too, but not those in front of the first wanted. */
  private boolean isWanted(byte[] line) {
    Optional<AuditLine> record = AuditLine.parse(line);
    if (record.isPresent()) {
      begun |= record.get().sequence() >= from;
      head = record.get().head();
    }
    return begun;
  }
}
