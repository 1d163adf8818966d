package io.aifs.server.store;

import io.aifs.crypto.RandomBytes;
import io.aifs.server.file.Disk;
import java.io.IOException;

/**
 * Space set aside in the data directory: a file that is given up when the disk is full, so that a
 * store on a full disk can be opened, read, and have things deleted from it. While it is gone,
 * nothing new is stored. Thread-safe.
 */
public final class DiskReserve {
  public static final String NAME = "reserve";

  private static final long BYTES_MIN = 1 << 20;
  private static final long BYTES_MAX = 16 << 20;
  private static final long SHARE_DIVISOR = 64;
  private static final int BLOCK_BYTES = 1 << 20;

  private final Disk disk;
  private final FreeBytes free;
  private final RandomBytes random;
  private final long bytes;
  private volatile boolean held;

  /** Whether the disk was so full that the reserve was given up, by this process. */
  private volatile boolean released;

  /** How many bytes can still be written to the disk. */
  @FunctionalInterface
  public interface FreeBytes {
    long get() throws IOException;
  }

  /**
   * Finds the reserve of an earlier process, if it left one; makes none.
   *
   * @param totalBytes of the file system: the reserve is a 64th of it, 1 to 16 MiB
   * @param random content that no file system can compress
   */
  public DiskReserve(Disk disk, long totalBytes, FreeBytes free, RandomBytes random)
      throws IOException {
    this.disk = disk;
    this.free = free;
    this.random = random;
    this.bytes = Math.clamp(totalBytes / SHARE_DIVISOR, BYTES_MIN, BYTES_MAX);
    this.held = disk.exists(NAME);
  }

  /** How large it is when it is there. */
  public long bytes() {
    return bytes;
  }

  public boolean held() {
    return held;
  }

  /** Gives the space up; returns false if there was none to give. */
  public synchronized boolean release() throws IOException {
    if (!held) {
      return false;
    }
    held = false;
    released = true;
    return disk.delete(NAME);
  }

  /**
   * Whether new data may be stored: the reserve is there, or it would fit. One that was given up is
   * set aside again here; one that never was is only by {@link #restore}.
   */
  public boolean hasRoom() throws IOException {
    return held || (released && restore()) || free.get() >= bytes;
  }

  /** Sets the space aside again if there is twice as much; returns whether it is there. */
  public synchronized boolean restore() throws IOException {
    if (!held && free.get() >= 2 * bytes) {
      write();
      held = true;
    }
    return held;
  }

  private void write() throws IOException {
    boolean whole = false;
    disk.delete(NAME);
    try (Disk.AppendFile file = disk.create(NAME)) {
      for (long left = bytes; left > 0; left -= BLOCK_BYTES) {
        int length = (int) Math.min(left, BLOCK_BYTES);
        file.append(random.next(length), 0, length);
      }
      file.sync();
      whole = true;
    } finally {
      if (!whole) {
        disk.delete(NAME);
      }
    }
  }
}
