package io.aifs.server.audit;

import io.aifs.server.file.Disk;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the log is found to be when a store is opened: where it ends, and whether the head in the
 * catalog is in it. Only what is behind that head can have been torn by a crash, as the head is
 * kept after the records were synced; so only there is anything cut off, back to the last whole
 * record.
 */
final class AuditRecovery {
  /** The first record of a log. */
  static final String BEGIN = "aifs.audit/Begin";

  /** A record about what was found. */
  static final String RECOVERED = "aifs.audit/Recovered";

  static final String LOSS = "DATA_LOSS";

  /** Why something was cut off where nothing is amiss. */
  private static final String TORN = "TORN";

  static final String RECOVERED_FIELD = ",\"method\":\"" + RECOVERED + "\",";
  static final String LOSS_FIELD = ",\"outcome\":\"" + LOSS + "\",";

  private static final int TAIL_BYTES = 2 * AuditLine.BYTES_MAX;

  private final Disk disk;
  private final Optional<AuditHead> known;
  private SegmentWriter.End end = new SegmentWriter.End(Optional.empty(), 0);
  private AuditHead last = AuditHead.NONE;
  private boolean lastFollows = true;
  private boolean headSeen;
  private boolean headDiffers;
  private long cutBytes;

  /** How much of the segment that was scanned last is to stay. */
  private long good;

  private String trouble = "";

  /**
   * What was found.
   *
   * @param end where to go on in the files
   * @param head what the next record follows
   * @param trouble a word for what is amiss; empty if nothing is
   * @param details for the record about it; empty if there is nothing to say
   * @param fresh whether there was no log yet
   */
  record Found(
      SegmentWriter.End end,
      AuditHead head,
      String trouble,
      Map<String, Object> details,
      boolean fresh) {
    /** The record that tells of it, if there is anything to tell. */
    Optional<AuditRecord> record(Instant now) {
      if (fresh) {
        return Optional.of(own(now, BEGIN, Map.of(), AuditRecord.OK, ""));
      }
      return details.isEmpty()
          ? Optional.empty()
          : Optional.of(
              trouble.isEmpty()
                  ? own(now, RECOVERED, details, AuditRecord.OK, TORN)
                  : own(now, RECOVERED, details, LOSS, trouble));
    }

    private static AuditRecord own(
        Instant now, String method, Map<String, Object> what, String outcome, String reason) {
      return new AuditRecord(now, "", "", method, "", what, outcome, reason, "", "", 1);
    }
  }

  private AuditRecovery(Disk disk, Optional<AuditHead> known) {
    this.disk = disk;
    this.known = known;
  }

  /**
   * Looks.
   *
   * @param sealed what the catalog says
   */
  static Found run(Disk disk, Optional<SealedHead> sealed, HeadSeal seal) throws IOException {
    List<Segment> segments = Segment.list(disk);
    boolean forged = sealed.filter(head -> !seal.holds(head)).isPresent();
    Optional<AuditHead> known = sealed.filter(seal::holds).map(SealedHead::head);
    AuditRecovery recovery = new AuditRecovery(disk, known);
    if (segments.isEmpty()) {
      recovery.end = new SegmentWriter.End(Optional.empty(), 0);
    } else if (!recovery.endsWithHead(segments.getLast())) {
      recovery.scan(segments);
    }
    boolean begun = known.filter(head -> head.sequence() > 0).isPresent();
    boolean fresh =
        !begun && recovery.end.segment().isEmpty() && (segments.isEmpty() || known.isPresent());
    if (forged) {
      recovery.trouble = "HEAD_FORGED";
    } else if (known.isEmpty() && !segments.isEmpty()) {
      recovery.trouble = "HEAD_MISSING";
    }
    return recovery.found(fresh && !forged);
  }

  /** How it is when the store was closed in order: no more of the log need be read then. */
  private boolean endsWithHead(Segment segment) throws IOException {
    if (known.isEmpty()) {
      return false;
    }
    try (Disk.ReadFile file = disk.open(segment.name())) {
      long length = file.length();
      byte[] tail = new byte[(int) Math.min(length, TAIL_BYTES)];
      int read = file.read(length - tail.length, tail, 0, tail.length);
      if (read < tail.length || read == 0 || tail[read - 1] != '\n') {
        return false;
      }
      int begin = read - 1;
      while (begin > 0 && tail[begin - 1] != '\n') {
        begin--;
      }
      byte[] line = Arrays.copyOfRange(tail, begin, read - 1);
      boolean same =
          AuditLine.parse(line).filter(record -> record.head().equals(known.get())).isPresent();
      if (same) {
        end = new SegmentWriter.End(Optional.of(segment), length);
        last = known.get();
        headSeen = true;
      }
      return same;
    }
  }

  /** From the segment that the head should be in. */
  private void scan(List<Segment> segments) throws IOException {
    long head = known.map(AuditHead::sequence).orElse(Long.MAX_VALUE);
    int from = 0;
    for (int at = 0; at < segments.size(); at++) {
      if (segments.get(at).first() <= head) {
        from = at;
      }
    }
    if (from > 0) {
      Segment before = segments.get(from - 1);
      end = new SegmentWriter.End(Optional.of(before), length(before));
    }
    boolean torn = false;
    for (Segment segment : segments.subList(from, segments.size())) {
      long length = length(segment);
      torn = torn || scan(segment, length);
      cut(segment, length, good);
      good = 0; // of what is behind a tear, nothing
    }
  }

  private void cut(Segment segment, long length, long left) throws IOException {
    cutBytes += length - left;
    if (left > 0) {
      end = new SegmentWriter.End(Optional.of(segment), left);
      if (left < length) {
        disk.reopen(segment.name(), left).close();
      }
    } else if (disk.delete(segment.name())) {
      disk.syncDirectory(Segment.DIRECTORY);
    }
  }

  /** Returns whether the chain is torn in it: whatever comes behind does not count. */
  private boolean scan(Segment segment, long length) throws IOException {
    good = 0;
    boolean torn = false;
    try (SegmentLines lines = new SegmentLines(disk, segment, 0, length)) {
      for (Optional<SegmentLines.Line> line = lines.next();
          line.isPresent() && !torn;
          line = lines.next()) {
        Optional<AuditLine> record =
            line.filter(SegmentLines.Line::whole).flatMap(one -> AuditLine.parse(one.bytes()));
        if (behindHead() && record.filter(this::follows).isEmpty()) {
          torn = true;
        } else if (line.get().whole()) {
          good = line.get().end();
          take(record);
        }
      }
    }
    return torn;
  }

  private long length(Segment segment) throws IOException {
    try (Disk.ReadFile file = disk.open(segment.name())) {
      return file.length();
    }
  }

  /** Whether what comes next was perhaps never synced. */
  private boolean behindHead() {
    return known.filter(head -> head.sequence() <= last.sequence()).isPresent();
  }

  private boolean follows(AuditLine record) {
    return record.sequence() == last.sequence() + 1
        && (!lastFollows || record.previous().equals(last.digest()));
  }

  private void take(Optional<AuditLine> record) {
    lastFollows = record.isPresent();
    if (record.isEmpty()) {
      return;
    }
    AuditHead head = record.get().head();
    if (head.sequence() > last.sequence()) {
      last = head;
    }
    if (known.filter(one -> one.sequence() == head.sequence()).isPresent()) {
      headSeen = true;
      headDiffers = !known.get().equals(head);
    }
  }

  private Found found(boolean fresh) {
    AuditHead head = last;
    Map<String, Object> details = new LinkedHashMap<>();
    if (cutBytes > 0) {
      details.put("cut_bytes", cutBytes);
    }
    if (known.isPresent() && known.get().sequence() > 0 && (!headSeen || headDiffers)) {
      trouble = headDiffers ? "HEAD_DIFFERS" : "RECORDS_MISSING";
      details.put("expected_sequence", known.get().sequence());
      details.put("expected_digest", known.get().digest().hex());
      if (known.get().sequence() > last.sequence()) {
        head = known.get(); // goes on behind it: what is missing stays a gap in every later check
      }
    }
    if (!trouble.isEmpty()) {
      details.put("last_sequence", last.sequence());
    }
    return new Found(end, head, trouble, details, fresh);
  }
}
