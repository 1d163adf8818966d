package io.aifs.server.pack;

import io.aifs.server.file.Disk.ReadFile;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;

/**
 * A stretch of a pack in memory that moves forward through it; each byte is read once. What the
 * disk cannot read is zeros, block by block, so that a bad sector costs the records in it and no
 * more: their checksums fail. Not thread-safe.
 */
final class PackWindow {
  private static final int BLOCK_BYTES = 4_096;

  private final ReadFile file;
  private final long end;
  private byte[] buffer;
  private long start;
  private int filled;

  /**
   * @param end where the pack ends as far as the reader is concerned
   */
  PackWindow(ReadFile file, long end, byte[] buffer) {
    this.file = file;
    this.end = end;
    this.buffer = buffer;
  }

  byte[] bytes() {
    return buffer;
  }

  /** Where {@code position}, which is in the window, stands in {@link #bytes}. */
  int at(long position) {
    return (int) (position - start);
  }

  /**
   * Brings {@code [position, position + length)} into the window. Returns false if the pack ends
   * before that.
   */
  boolean has(long position, int length) throws IOException {
    if (position + length > end) {
      return false;
    }
    if (position < start || position + length > start + filled) {
      moveTo(position, length);
    }
    return true;
  }

  private void moveTo(long position, int length) throws IOException {
    byte[] old = buffer;
    if (length > buffer.length) {
      buffer = new byte[length];
    }
    int kept = 0;
    if (position >= start && position < start + filled) {
      int from = at(position);
      kept = filled - from;
      System.arraycopy(old, from, buffer, 0, kept);
    }
    start = position;
    filled = (int) Math.min(buffer.length, end - start);
    read(start + kept, kept, filled - kept);
  }

  private void read(long position, int offset, int length) throws IOException {
    try {
      zeroAfter(offset, length, file.read(position, buffer, offset, length));
    } catch (ClosedChannelException e) {
      throw e; // the reader was ended, the disk is not bad
    } catch (IOException _) {
      int done = 0;
      while (done < length) {
        int toBlockEnd = BLOCK_BYTES - (int) ((position + done) % BLOCK_BYTES);
        int count = Math.min(toBlockEnd, length - done);
        readBlock(position + done, offset + done, count);
        done += count;
      }
    }
  }

  private void readBlock(long position, int offset, int length) throws IOException {
    int count = 0;
    try {
      count = file.read(position, buffer, offset, length);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException _) {
      count = 0; // reported by whoever misses a checksum here
    }
    zeroAfter(offset, length, count);
  }

  private void zeroAfter(int offset, int length, int count) {
    Arrays.fill(buffer, offset + count, offset + length, (byte) 0);
  }
}
