package io.aifs.server.engine;

import java.util.Iterator;

/** Goes through runs byte by byte, in leaps. Not thread-safe. */
final class RunCursor {
  private final Iterator<ContentRun> runs;
  private long position;
  private long end;

  RunCursor(Iterator<ContentRun> runs) {
    this.runs = runs;
  }

  /** Whether there are bytes left. */
  boolean hasNext() {
    while (position == end && runs.hasNext()) {
      ContentRun run = runs.next();
      if (run.offset() < end) {
        throw new IllegalStateException("runs overlap: " + run + " begins before " + end);
      }
      position = run.offset();
      end = run.end();
    }
    return position < end;
  }

  /** Where the next byte is; only if there is one. */
  long position() {
    return position;
  }

  /** How many bytes of the run that the next byte is of lie before {@code limit}. */
  int upTo(long limit) {
    return (int) (Math.min(end, limit) - position);
  }

  /** Goes on by so many bytes, all of one run. */
  void advance(int bytes) {
    position += bytes;
  }

  /** Leaves out all bytes before {@code limit}. */
  void skipTo(long limit) {
    while (hasNext() && position < limit) {
      position = Math.min(end, limit);
    }
  }
}
