package io.aifs.vector;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.apache.lucene.store.IndexOutput;

/** Writes a file into memory outside of the heap; it is there once this is closed. */
final class NativeOutput extends IndexOutput {
  private static final int BUFFER_BYTES = 1 << 13;

  private final GrowingMemory memory = new GrowingMemory();
  private final Consumer<NativeFile> finished;
  private final CRC32 checksum = new CRC32();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int buffered;
  private boolean closed;

  /**
   * @param finished takes the file, and holds it
   */
  NativeOutput(String name, Consumer<NativeFile> finished) {
    super("native memory: " + name, name);
    this.finished = finished;
  }

  @Override
  public void writeByte(byte value) {
    if (buffered == buffer.length) {
      flush();
    }
    buffer[buffered++] = value;
  }

  @Override
  public void writeBytes(byte[] bytes, int offset, int length) {
    if (length > buffer.length - buffered) {
      flush();
    }
    if (length > buffer.length) {
      append(bytes, offset, length);
    } else {
      System.arraycopy(bytes, offset, buffer, buffered, length);
      buffered += length;
    }
  }

  private void flush() {
    append(buffer, 0, buffered);
    buffered = 0;
  }

  private void append(byte[] bytes, int offset, int length) {
    checksum.update(bytes, offset, length);
    memory.append(bytes, offset, length);
  }

  @Override
  public long getFilePointer() {
    return memory.length() + buffered;
  }

  @Override
  public long getChecksum() {
    flush();
    return checksum.getValue();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      flush();
      finished.accept(memory.finish());
    }
  }
}
