package io.aifs.server.audit;

import io.aifs.server.file.Disk;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** The lines of a segment, read one after the other. Not thread-safe. */
final class SegmentLines implements AutoCloseable {
  private static final int BLOCK_BYTES = 256 << 10;

  private final Disk.ReadFile file;
  private final long limit;
  private byte[] buffer = new byte[BLOCK_BYTES];
  private int from;
  private int to;

  /** Where in the file {@code buffer[from]} is. */
  private long position;

  /**
   * A line.
   *
   * @param bytes without the line feed
   * @param end where the next one begins
   * @param whole whether it ends with a line feed, and is not too long to be a record
   */
  @SuppressWarnings("ArrayRecordComponent") // read, never compared
  record Line(byte[] bytes, long end, boolean whole) {}

  /**
   * Begins at {@code start}, which is the beginning of a line.
   *
   * @param limit bytes of the file that count
   */
  SegmentLines(Disk disk, Segment segment, long start, long limit) throws IOException {
    this.file = disk.open(segment.name());
    this.position = start;
    this.limit = limit;
  }

  /** The next one; empty at the end. */
  Optional<Line> next() throws IOException {
    int looked = from;
    while (true) {
      for (; looked < to; looked++) {
        if (buffer[looked] == '\n') {
          return Optional.of(take(looked - from, 1, true));
        }
      }
      if (to - from > AuditLine.BYTES_MAX) {
        return Optional.of(take(to - from, 0, false));
      }
      looked -= from;
      if (!fill()) {
        return to == from ? Optional.empty() : Optional.of(take(to - from, 0, false));
      }
      looked += from;
    }
  }

  private Line take(int length, int ending, boolean whole) {
    byte[] bytes = Arrays.copyOfRange(buffer, from, from + length);
    from += length + ending;
    position += length + ending;
    return new Line(bytes, position, whole);
  }

  /** Reads more behind what is there, which moves to the front; false at the end. */
  private boolean fill() throws IOException {
    System.arraycopy(buffer, from, buffer, 0, to - from);
    to -= from;
    from = 0;
    if (buffer.length - to < BLOCK_BYTES) {
      buffer = Arrays.copyOf(buffer, to + BLOCK_BYTES);
    }
    long at = position + to;
    int count = file.read(at, buffer, to, (int) Math.max(0, Math.min(BLOCK_BYTES, limit - at)));
    to += count;
    return count > 0;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
