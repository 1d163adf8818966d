package io.aifs.server.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of {@link LocalDisk}, read through a channel, which many threads can use at once.
 *
 * <p>An interrupt closes a channel under all its readers. So a thread's pending interrupt is put
 * aside while it reads, and if one arrives in the middle, the file is opened again by its name.
 */
final class LocalReadFile implements Disk.ReadFile {
  private static final int REOPENS_MAX = 100;

  private final Path path;
  private final Object lock = new Object();
  private volatile FileChannel channel;
  private volatile boolean closed;

  LocalReadFile(Path path) throws IOException {
    this.path = path;
    this.channel = FileChannel.open(path, StandardOpenOption.READ);
  }

  @Override
  public long length() throws IOException {
    return uninterrupted(FileChannel::size);
  }

  @Override
  public int read(long position, byte[] into, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(into, offset, length);
    return uninterrupted(
        open -> {
          while (buffer.hasRemaining()) {
            int count = open.read(buffer, position + buffer.position() - offset);
            if (count < 0) {
              break;
            }
          }
          return buffer.position() - offset;
        });
  }

  @Override
  public void close() throws IOException {
    synchronized (lock) {
      closed = true;
      channel.close();
    }
  }

  private <T> T uninterrupted(Reading<T> reading) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      for (int reopens = 0; ; reopens++) {
        FileChannel open = channel;
        try {
          return reading.from(open);
        } catch (ClosedChannelException e) {
          interrupted |= Thread.interrupted();
          if (closed || reopens == REOPENS_MAX) {
            throw new IOException("file is closed: " + path.getFileName(), e);
          }
          reopen(open);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void reopen(FileChannel broken) throws IOException {
    synchronized (lock) {
      if (channel.equals(broken) && !closed) {
        channel = FileChannel.open(path, StandardOpenOption.READ);
      }
    }
  }

  private interface Reading<T> {
    T from(FileChannel open) throws IOException;
  }
}
