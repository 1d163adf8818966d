package io.aifs.schemas;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Many small reads of a source, from a window that moves with them, forwards or backwards. All
 * numbers are little-endian. For one thread at a time.
 */
public final class SourceWindow {
  /** Read at once where reads follow each other. */
  private static final int NEAR_BYTES = 64 << 10;

  /** Read at once where they jump. */
  private static final int FAR_BYTES = 2 << 10;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final ByteSource source;
  private byte[] window = new byte[0];
  private long from;
  private long fetchedBytes;

  public SourceWindow(ByteSource source) {
    this.source = requireNonNull(source, "source is null");
  }

  /** Length of the source. */
  public long size() {
    return source.size();
  }

  /** Bytes read from the source so far, which tells how much the reads jump. */
  public long fetchedBytes() {
    return fetchedBytes;
  }

  /**
   * Returns if a range is inside the source.
   *
   * @param what is there, for the message
   * @throws PayloadInvalidException otherwise
   */
  public void requireInside(long offset, long length, String what) throws PayloadInvalidException {
    if (offset < 0 || length < 0 || offset > source.size() || length > source.size() - offset) {
      throw new PayloadInvalidException(
          "byte " + offset,
          what + " of " + length + " bytes ends outside the content of " + source.size());
    }
  }

  public int u8(long offset) throws IOException {
    int at = at(offset, 1); // which may set another window
    return window[at] & 0xff;
  }

  public int u16(long offset) throws IOException {
    int at = at(offset, Short.BYTES);
    return (short) SHORT.get(window, at) & 0xffff;
  }

  public long u32(long offset) throws IOException {
    int at = at(offset, Integer.BYTES);
    return Integer.toUnsignedLong((int) INT.get(window, at));
  }

  /** A signed number of 64 bits; those of unsigned formats that do not fit are negative. */
  public long i64(long offset) throws IOException {
    int at = at(offset, Long.BYTES);
    return (long) LONG.get(window, at);
  }

  /** A copy of some bytes. Those that do not fit into the window are read for themselves. */
  public byte[] bytes(long offset, int length) throws IOException {
    if (length > NEAR_BYTES) {
      fetchedBytes += length;
      return source.read(offset, length);
    }
    int at = at(offset, length);
    byte[] bytes = new byte[length];
    System.arraycopy(window, at, bytes, 0, length);
    return bytes;
  }

  /** Where in the window a range begins, which is moved if it must be. */
  private int at(long offset, int length) throws IOException {
    if (offset < from || offset + length > from + window.length) {
      ByteSource.requireInside(source, offset, length);
      boolean near =
          window.length > 0
              && offset >= from - NEAR_BYTES
              && offset <= from + window.length + NEAR_BYTES;
      int bytes = Math.max(near ? NEAR_BYTES : FAR_BYTES, length);
      long start = window.length > 0 && offset < from ? offset + length - bytes : offset;
      start = Math.clamp(start, 0, offset);
      window = source.read(start, (int) Math.min(bytes, source.size() - start));
      from = start;
      fetchedBytes += window.length;
    }
    return (int) (offset - from);
  }
}
