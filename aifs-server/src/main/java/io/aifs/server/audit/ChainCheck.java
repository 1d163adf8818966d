package io.aifs.server.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Follows a chain from record to record and names what is wrong with it. Goes on behind each
 * problem, so that one hides no other. Not thread-safe.
 */
final class ChainCheck {
  /** With more gaps than these the oldest is told before it is known whether it is filled later. */
  private static final int GAPS_MAX = 1_000;

  private final Consumer<String> problems;
  private final Map<Long, List<ExpectedHead>> expected = new HashMap<>();
  private final List<Range> gaps = new ArrayList<>();

  /** The record with the highest number so far. */
  private AuditHead last = AuditHead.NONE;

  /** Lines behind it that are no records. */
  private long brokenLines;

  private String brokenPlace = "";

  /** Numbers of records, both ends among them. */
  private record Range(long from, long to) {
    boolean contains(long sequence) {
      return from <= sequence && sequence <= to;
    }

    /** With the word for one and that for several. */
    String sentence(String one, String several) {
      return from == to
          ? "record " + from + " " + one
          : "records " + from + " to " + to + " " + several;
    }
  }

  ChainCheck(List<ExpectedHead> expected, Consumer<String> problems) {
    this.problems = problems;
    for (ExpectedHead head : expected) {
      this.expected.computeIfAbsent(head.head().sequence(), _ -> new ArrayList<>()).add(head);
    }
    expect(AuditHead.NONE);
  }

  /** A line that is no record, or not as it was written. */
  void broken(Segment segment) {
    if (brokenLines == 0) {
      brokenPlace = segment.file();
    }
    brokenLines++;
  }

  /** A line that is a record by itself. */
  void record(AuditLine line) {
    long sequence = line.sequence();
    if (sequence <= last.sequence()) {
      outOfOrder(sequence);
    } else {
      if (sequence > last.sequence() + 1) {
        passOver(new Range(last.sequence() + 1, sequence - 1));
      } else {
        follow(line);
      }
      last = line.head();
    }
    expect(line.head());
  }

  /** A record that should stand right behind the last. */
  private void follow(AuditLine line) {
    if (brokenLines > 0) {
      problems.accept(
          "a line that is no record stands in front of record "
              + line.sequence()
              + ", in "
              + brokenPlace);
      brokenLines = 0;
    }
    if (!line.previous().equals(last.digest())) {
      problems.accept(
          last.sequence() == 0
              ? "record 1 is not the first that was written: it names one before it"
              : "record "
                  + last.sequence()
                  + " was changed: record "
                  + line.sequence()
                  + " was written behind another");
    }
  }

  private void passOver(Range range) {
    if (brokenLines == 0) {
      gaps.add(range);
      if (gaps.size() > GAPS_MAX) {
        missing(gaps.removeFirst());
      }
      return;
    }
    boolean all = brokenLines >= range.to() - range.from() + 1;
    problems.accept(
        range.sentence("was", "were")
            + (all ? " changed or damaged, in " : " changed, damaged or taken out, in ")
            + brokenPlace);
    brokenLines = 0;
  }

  private void outOfOrder(long sequence) {
    for (int at = 0; at < gaps.size(); at++) {
      Range gap = gaps.get(at);
      if (gap.contains(sequence)) {
        gaps.remove(at);
        if (sequence < gap.to()) {
          gaps.add(at, new Range(sequence + 1, gap.to()));
        }
        if (gap.from() < sequence) {
          gaps.add(at, new Range(gap.from(), sequence - 1));
        }
        problems.accept("record " + sequence + " stands behind record " + last.sequence());
        return;
      }
    }
    problems.accept("record " + sequence + " stands there twice");
  }

  private void expect(AuditHead found) {
    for (ExpectedHead one : expected.getOrDefault(found.sequence(), List.of())) {
      if (!one.head().digest().equals(found.digest())) {
        problems.accept(
            "record "
                + found.sequence()
                + " is not the one that "
                + one.origin()
                + " names: it, or one before it, was changed");
      }
    }
  }

  private void missing(Range range) {
    problems.accept(range.sentence("is missing", "are missing"));
  }

  /** The log is over. */
  void end() {
    if (brokenLines > 0) {
      passOver(new Range(last.sequence() + 1, last.sequence() + brokenLines));
    }
    gaps.forEach(this::missing);
    expected.values().stream()
        .flatMap(List::stream)
        .filter(one -> one.head().sequence() > last.sequence())
        .map(
            one ->
                new Range(last.sequence() + 1, one.head().sequence())
                        .sentence("is missing", "are missing")
                    + ": the log ends before "
                    + one.origin())
        .sorted()
        .forEach(problems);
  }
}
