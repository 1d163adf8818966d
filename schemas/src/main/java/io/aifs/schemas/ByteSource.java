package io.aifs.schemas;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Objects;

/** Content that can be read at any place: an array, a file, an asset. For one thread at a time. */
public interface ByteSource {
  /** Length in bytes. */
  long size();

  /**
   * Exactly {@code length} bytes from {@code offset}.
   *
   * @throws IllegalArgumentException if they are not all inside the content
   * @throws IOException if they cannot be read
   */
  byte[] read(long offset, int length) throws IOException;

  /** The bytes of an array, which is not copied. */
  static ByteSource of(byte[] bytes) {
    return new ByteSource() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public byte[] read(long offset, int length) {
        requireInside(this, offset, length);
        return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
      }
    };
  }

  /** A file, as long as it is open; its length is that of now. */
  static ByteSource of(FileChannel file) throws IOException {
    long size = file.size();
    return new ByteSource() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public byte[] read(long offset, int length) throws IOException {
        requireInside(this, offset, length);
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
          if (file.read(buffer, offset + buffer.position()) < 0) {
            throw new EOFException("the file has become shorter");
          }
        }
        return buffer.array();
      }
    };
  }

  /**
   * Returns if a range is inside the content.
   *
   * @throws IllegalArgumentException otherwise
   */
  static void requireInside(ByteSource source, long offset, int length) {
    try {
      Objects.checkFromIndexSize(offset, (long) length, source.size());
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("range is outside the content: " + e.getMessage(), e);
    }
  }
}
