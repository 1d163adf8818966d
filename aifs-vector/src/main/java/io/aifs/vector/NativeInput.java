package io.aifs.vector;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.MemorySegmentAccessInput;

/**
 * Reads a {@link NativeFile}, or a part of one, and hands its memory out: Lucene then computes on
 * vectors where they lie. Only the input that was opened holds the file; slices and clones live on
 * it.
 */
final class NativeInput extends IndexInput implements MemorySegmentAccessInput {
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment bytes;
  private Optional<NativeFile> held;
  private long position;

  private NativeInput(String description, MemorySegment bytes, Optional<NativeFile> held) {
    super(description);
    this.bytes = bytes;
    this.held = held;
  }

  static NativeInput open(String name, NativeFile file) {
    file.hold();
    return new NativeInput("native memory: " + name, file.bytes(), Optional.of(file));
  }

  @Override
  public void close() {
    held.ifPresent(NativeFile::release);
    held = Optional.empty();
  }

  @Override
  public long length() {
    return bytes.byteSize();
  }

  @Override
  public long getFilePointer() {
    return position;
  }

  @Override
  public void seek(long target) throws IOException {
    if (target < 0 || target > length()) {
      throw new EOFException("a position outside of " + this + ": " + target);
    }
    position = target;
  }

  @Override
  public byte readByte() throws IOException {
    byte value = readByte(position);
    position += Byte.BYTES;
    return value;
  }

  @Override
  public short readShort() throws IOException {
    short value = readShort(position);
    position += Short.BYTES;
    return value;
  }

  @Override
  public int readInt() throws IOException {
    int value = readInt(position);
    position += Integer.BYTES;
    return value;
  }

  @Override
  public long readLong() throws IOException {
    long value = readLong(position);
    position += Long.BYTES;
    return value;
  }

  @Override
  public void readBytes(byte[] target, int offset, int length) throws IOException {
    readBytes(position, target, offset, length);
    position += length;
  }

  @Override
  public void readInts(int[] target, int offset, int length) throws IOException {
    try {
      MemorySegment.copy(bytes, INT, position, target, offset, length);
    } catch (IndexOutOfBoundsException | IllegalStateException failure) {
      throw failed(failure);
    }
    position += (long) length * Integer.BYTES;
  }

  @Override
  public void readLongs(long[] target, int offset, int length) throws IOException {
    try {
      MemorySegment.copy(bytes, LONG, position, target, offset, length);
    } catch (IndexOutOfBoundsException | IllegalStateException failure) {
      throw failed(failure);
    }
    position += (long) length * Long.BYTES;
  }

  @Override
  public void readFloats(float[] target, int offset, int length) throws IOException {
    try {
      MemorySegment.copy(bytes, FLOAT, position, target, offset, length);
    } catch (IndexOutOfBoundsException | IllegalStateException failure) {
      throw failed(failure);
    }
    position += (long) length * Float.BYTES;
  }

  @Override
  public byte readByte(long at) throws IOException {
    try {
      return bytes.get(BYTE, at);
    } catch (IndexOutOfBoundsException | IllegalStateException failure) {
      throw failed(failure);
    }
  }

  @Override
  public short readShort(long at) throws IOException {
    try {
      return bytes.get(SHORT, at);
    } catch (IndexOutOfBoundsException | IllegalStateException failure) {
      throw failed(failure);
    }
  }

  @Override
  public int readInt(long at) throws IOException {
    try {
      return bytes.get(INT, at);
    } catch (IndexOutOfBoundsException | IllegalStateException failure) {
      throw failed(failure);
    }
  }

  @Override
  public long readLong(long at) throws IOException {
    try {
      return bytes.get(LONG, at);
    } catch (IndexOutOfBoundsException | IllegalStateException failure) {
      throw failed(failure);
    }
  }

  @Override
  public void readBytes(long at, byte[] target, int offset, int length) throws IOException {
    try {
      MemorySegment.copy(bytes, BYTE, at, target, offset, length);
    } catch (IndexOutOfBoundsException | IllegalStateException failure) {
      throw failed(failure);
    }
  }

  /** What Lucene expects of a read behind the end, or after the memory is gone. */
  private IOException failed(RuntimeException failure) {
    if (failure instanceof IllegalStateException) {
      throw new AlreadyClosedException("closed: " + this, failure);
    }
    EOFException end = new EOFException("read past the end of " + this);
    end.initCause(failure);
    return end;
  }

  @Override
  public NativeInput slice(String description, long offset, long length) {
    if (offset < 0 || length < 0 || offset > bytes.byteSize() - length) {
      throw new IllegalArgumentException("a slice outside of " + this + ": " + description);
    }
    return new NativeInput(
        getFullSliceDescription(description), bytes.asSlice(offset, length), Optional.empty());
  }

  @Override
  public NativeInput clone() {
    NativeInput copy = (NativeInput) super.clone();
    copy.held = Optional.empty();
    return copy;
  }

  @Override
  public MemorySegment segmentSliceOrNull(long offset, long length) {
    return bytes.asSlice(offset, length);
  }

  @Override
  public Optional<Boolean> isLoaded() {
    return Optional.of(true);
  }
}
