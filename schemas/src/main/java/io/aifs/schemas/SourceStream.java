package io.aifs.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A range of a source, read from front to back in pieces of 64 KiB. */
public final class SourceStream extends InputStream {
  private static final int PIECE_BYTES = 64 << 10;

  private final ByteSource source;
  private final long end;
  private long next;
  private byte[] piece = {};
  private int taken;

  /**
   * @throws IllegalArgumentException if the range is not inside the source
   */
  public SourceStream(ByteSource source, long offset, long length) {
    if (offset < 0 || length < 0 || length > source.size() - offset) {
      throw new IllegalArgumentException("range is outside the content: " + offset + ", " + length);
    }
    this.source = source;
    this.next = offset;
    this.end = offset + length;
  }

  @Override
  public int read() throws IOException {
    return fill() ? piece[taken++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, available());
    System.arraycopy(piece, taken, into, offset, count);
    taken += count;
    return count;
  }

  @Override
  public int available() {
    return piece.length - taken;
  }

  /** Whether a byte is at hand. */
  private boolean fill() throws IOException {
    if (taken < piece.length) {
      return true;
    }
    int length = (int) Math.min(PIECE_BYTES, end - next);
    if (length == 0) {
      return false;
    }
    piece = source.read(next, length);
    next += length;
    taken = 0;
    return true;
  }
}
