package io.aifs.core.audit;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks a copy of an audit log, line by line, and names each record that was changed, removed, put
 * in twice or put elsewhere. Whoever can write the whole copy can make another one that is whole in
 * itself: only a head that was noted elsewhere shows that. Not thread-safe.
 */
public final class AuditChain {
  private final Consumer<String> problems;
  private final List<AuditHead> noted;

  /** Numbers that did not come yet, though later ones did: the first of each run to its last. */
  private final TreeMap<Long, Long> gaps = new TreeMap<>();

  private @Nullable AuditLine first;
  private @Nullable AuditLine newest;
  private long lines;

  /**
   * @param noted records that the log must hold
   * @param problems is told what is wrong, as a sentence that names the record
   */
  public AuditChain(List<AuditHead> noted, Consumer<String> problems) {
    this.noted = List.copyOf(noted);
    this.problems = requireNonNull(problems, "problems is null");
  }

  /**
   * Checks the next line.
   *
   * @param text without its line feed
   */
  public void add(String text) {
    lines++;
    AuditLine line;
    try {
      line = AuditLine.parse(text);
    } catch (IllegalArgumentException _) {
      problems.accept(
          "line %d is no record; it stands %s"
              .formatted(lines, newest == null ? "first" : after()));
      return;
    }
    if (!line.said().equals(line.digest())) {
      problem(line, "was changed: it says its digest is " + line.said());
    }
    if (first == null) {
      first = line;
      newest = line;
      addFirst(line);
    } else {
      addNext(line, first, requireNonNull(newest));
    }
    noted.stream()
        .filter(head -> head.sequence() == line.sequence())
        .filter(head -> !head.digest().equals(line.digest()))
        .forEach(head -> problem(line, "is not the one that was noted: " + head.digest()));
  }

  private void addFirst(AuditLine line) {
    if (line.sequence() == 1 && !line.previous().equals(AuditHead.BEFORE_FIRST.digest())) {
      problem(line, "is the first, and names one before it");
    }
    for (AuditHead head : noted) {
      if (head.sequence() + 1 == line.sequence() && !head.digest().equals(line.previous())) {
        problem(line, "does not follow the one that was noted: " + head.digest());
      }
      if (!head.storeId().isEmpty() && !head.storeId().equals(line.storeId())) {
        problem(line, "is of another store than what was noted, which is of " + head.storeId());
      }
    }
  }

  private void addNext(AuditLine line, AuditLine firstLine, AuditLine before) {
    if (!line.storeId().equals(firstLine.storeId())) {
      problem(line, "is of another store than the first: " + line.storeId());
    }
    if (line.sequence() <= before.sequence()) {
      addLate(line, firstLine, before);
      return;
    }
    if (line.sequence() > before.sequence() + 1) {
      gaps.put(before.sequence() + 1, line.sequence() - 1);
    } else if (!line.previous().equals(before.said())) {
      problem(
          line,
          "names another before it than record " + before.sequence() + ": one of them was changed");
    }
    newest = line;
  }

  /** One whose number is below one that came before. */
  private void addLate(AuditLine line, AuditLine firstLine, AuditLine before) {
    long number = line.sequence();
    Map.Entry<Long, Long> gap = gaps.floorEntry(number);
    if (gap != null && number <= gap.getValue()) {
      gaps.remove(gap.getKey());
      putGap(gap.getKey(), number - 1);
      putGap(number + 1, gap.getValue());
      problem(line, "is not in its place: it stands after record " + before.sequence());
    } else if (number < firstLine.sequence()) {
      problem(line, "is not in its place: it stands after record " + before.sequence());
    } else {
      problem(line, "is there twice");
    }
  }

  private void putGap(long from, long to) {
    if (from <= to) {
      gaps.put(from, to);
    }
  }

  /** Says what is missing. After the last line. */
  public void end() {
    gaps.forEach(
        (from, to) ->
            problems.accept(
                from.equals(to)
                    ? "record " + from + " is missing"
                    : "records " + from + " to " + to + " are missing"));
    for (AuditHead head : noted) {
      long last = newest == null ? 0 : newest.sequence();
      if (head.sequence() > last) {
        problems.accept(
            "record %d, which was noted, is missing: the newest is record %d"
                .formatted(head.sequence(), last));
      } else if (first != null && head.sequence() + 1 < first.sequence() && head.sequence() > 0) {
        problems.accept(
            "record %d, which was noted, cannot be compared: the first here is record %d"
                .formatted(head.sequence(), first.sequence()));
      }
    }
  }

  /** How many lines were checked. */
  public long lines() {
    return lines;
  }

  /** The record with the highest number; empty before the first. */
  public Optional<AuditHead> head() {
    return Optional.ofNullable(newest)
        .map(line -> new AuditHead(line.storeId(), line.sequence(), line.digest()));
  }

  private String after() {
    return "after record " + requireNonNull(newest).sequence();
  }

  private void problem(AuditLine line, String what) {
    problems.accept("record " + line.sequence() + " " + what);
  }
}
