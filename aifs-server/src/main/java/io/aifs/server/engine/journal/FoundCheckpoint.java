package io.aifs.server.engine.journal;

import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/** What there is of one checkpoint. */
final class FoundCheckpoint {
  /** A whole one before others; then one that was finished; then the newest. */
  static final Comparator<FoundCheckpoint> BEST_LAST =
      Comparator.comparing(FoundCheckpoint::whole)
          .thenComparing(found -> found.pagesWanted >= 0)
          .thenComparingLong(FoundCheckpoint::sequence);

  private final long sequence;
  private final SortedMap<Integer, JournalMap.Body> pages = new TreeMap<>();
  private int pagesWanted = -1;

  FoundCheckpoint(long sequence) {
    this.sequence = sequence;
  }

  void add(JournalMap.Body body) {
    if (!body.whole()) {
      return;
    }
    if (body.head().kind() == RecordHead.Kind.END) {
      pagesWanted = body.head().number();
    } else {
      pages.put(body.head().number(), body);
    }
  }

  /** Of the newest transaction that it holds. */
  long sequence() {
    return sequence;
  }

  SortedMap<Integer, JournalMap.Body> pages() {
    return pages;
  }

  boolean whole() {
    return pagesWanted >= 0 && pages.size() == pagesWanted;
  }

  /** What is missing, for a report. */
  String gap() {
    return pagesWanted < 0
        ? "the end of the checkpoint at " + sequence + ", and perhaps pages before it"
        : (pagesWanted - pages.size())
            + " of "
            + pagesWanted
            + " pages of the checkpoint at "
            + sequence;
  }
}
