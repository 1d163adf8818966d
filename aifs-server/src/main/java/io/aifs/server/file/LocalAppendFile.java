package io.aifs.server.file;

import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file that {@link LocalDisk} made and nobody else writes. What is appended is written out early,
 * on another thread, so that the disk works while more is made ready and {@link #sync} finds little
 * left to do.
 */
final class LocalAppendFile implements Disk.AppendFile {
  static final long WRITE_OUT_BYTES = 16L << 20;

  private final FileOutputStream out;
  private final Executor early;
  private long length;
  private long writtenOut;
  private final ReentrantLock syncing = new ReentrantLock();

  /** The system tells a failure once, to whoever syncs first: kept for those who sync later. */
  private @Nullable IOException failure;

  /**
   * @param early runs what writes out early; a thread of its own for each task
   */
  LocalAppendFile(FileOutputStream out, Executor early) {
    this(out, early, 0);
  }

  /**
   * @param length bytes that are there already
   */
  LocalAppendFile(FileOutputStream out, Executor early, long length) {
    this.out = out;
    this.early = early;
    this.length = length;
    this.writtenOut = length;
  }

  @Override
  public void append(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    this.length += length;
    if (this.length - writtenOut >= WRITE_OUT_BYTES) {
      writtenOut = this.length;
      early.execute(this::writeOut);
    }
  }

  private void writeOut() {
    if (!syncing.tryLock()) {
      return; // somebody is at it
    }
    try {
      if (failure == null && out.getFD().valid()) {
        out.getFD().sync();
      }
    } catch (IOException e) {
      failure = e;
    } finally {
      syncing.unlock();
    }
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void sync() throws IOException {
    syncing.lock();
    try {
      if (failure != null) {
        throw new IOException(
            "writing the file out failed before: " + failure.getMessage(), failure);
      }
      try {
        out.getFD().sync();
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    } finally {
      syncing.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    syncing.lock();
    try {
      out.close();
    } finally {
      syncing.unlock();
    }
  }
}
