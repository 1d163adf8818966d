package io.aifs.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.server.file.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Reads the whole log and names everything that is not as it was written. For one run. */
final class AuditVerifier {
  private static final long PROGRESS_RECORDS = 8_192;

  private final Disk disk;
  private final List<SegmentWriter.End> ends;
  private final Consumer<String> problems;
  private final LongConsumer progress;
  private final ChainCheck chain;
  private long checked;

  /** A segment by what it really begins with. */
  private record Found(Segment segment, long begins) {}

  /**
   * @param ends where the log ended when this began, last, and other segments that may have more in
   *     them than their lines: what is behind these ends is left out
   */
  AuditVerifier(
      Disk disk,
      List<SegmentWriter.End> ends,
      List<ExpectedHead> expected,
      Consumer<String> problems,
      LongConsumer progress) {
    this.disk = disk;
    this.ends = List.copyOf(ends);
    this.problems = problems;
    this.progress = progress;
    this.chain = new ChainCheck(expected, problems);
  }

  /** Returns how many records there were. */
  long run() throws IOException {
    for (String name : disk.list(Segment.DIRECTORY)) {
      if (Segment.ofName(name).isEmpty()) {
        problems.accept(Segment.DIRECTORY + "/" + name + " is not named as a segment");
      }
    }
    for (Found found : segments()) {
      read(found.segment());
    }
    chain.end();
    return checked;
  }

  /** In the order of their records: one that was renamed is named as such, and all else goes on. */
  private List<Found> segments() throws IOException {
    List<Found> all = new ArrayList<>();
    long newest = ends.getLast().segment().map(Segment::first).orElse(0L);
    for (Segment segment : Segment.list(disk)) {
      if (segment.first() > newest) {
        continue; // begun since
      }
      try (SegmentLines lines = lines(segment)) {
        Optional<SegmentLines.Line> line = lines.next();
        long begins =
            line.flatMap(first -> AuditLine.parse(first.bytes()))
                .map(AuditLine::sequence)
                .orElse(segment.first());
        if (begins != segment.first()) {
          problems.accept("segment " + segment.file() + " begins with record " + begins);
        }
        all.add(new Found(segment, begins));
      }
    }
    all.sort(Comparator.comparingLong(Found::begins));
    return all;
  }

  private SegmentLines lines(Segment segment) throws IOException {
    long length =
        ends.stream()
            .filter(end -> end.segment().filter(segment::equals).isPresent())
            .mapToLong(SegmentWriter.End::length)
            .findFirst()
            .orElse(Long.MAX_VALUE);
    return new SegmentLines(disk, segment, 0, length);
  }

  private void read(Segment segment) throws IOException {
    try (SegmentLines lines = lines(segment)) {
      for (Optional<SegmentLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
        Optional<AuditLine> record =
            line.filter(SegmentLines.Line::whole).flatMap(one -> AuditLine.parse(one.bytes()));
        record.ifPresentOrElse(chain::record, () -> chain.broken(segment));
        if (record.isPresent()) {
          lookForLoss(record.get(), line.get().bytes());
        }
        checked++;
        if (checked % PROGRESS_RECORDS == 0) {
          progress.accept(checked);
        }
      }
    }
  }

  /** The log says itself when it was not what the catalog's head told. */
  private void lookForLoss(AuditLine record, byte[] line) {
    String text = new String(line, UTF_8);
    if (text.contains(AuditRecovery.RECOVERED_FIELD) && text.contains(AuditRecovery.LOSS_FIELD)) {
      problems.accept(
          "record "
              + record.sequence()
              + " says that something was amiss when the store was opened");
    }
  }
}
