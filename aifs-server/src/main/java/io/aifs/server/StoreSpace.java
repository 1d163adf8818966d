package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.RandomBytes;
import io.aifs.server.engine.DiskSpace;
import io.aifs.server.engine.Failures;
import io.aifs.server.file.Disk;
import io.aifs.server.store.DiskReserve;
import java.io.File;
import java.io.IOException;

/** The room that a data directory has, and what is set aside of it. Thread-safe. */
final class StoreSpace {
  /** With less, not even SQLite's shared memory and the lock's text could be written. */
  private static final long OPENING_BYTES_MIN = 512 << 10;

  private final File directory;
  private final DiskReserve reserve;

  StoreSpace(File directory, Disk disk, RandomBytes random) throws IOException {
    this.directory = directory;
    this.reserve =
        new DiskReserve(disk, directory.getTotalSpace(), directory::getUsableSpace, random);
  }

  /** Gives the reserve up if a store cannot be opened without. */
  void prepareToOpen() throws IOException {
    if (directory.getUsableSpace() < OPENING_BYTES_MIN) {
      reserve.release();
    }
  }

  DiskSpace look() throws IOException {
    long total = directory.getTotalSpace();
    if (total == 0) {
      throw new IOException("the file system of " + directory + " does not say how large it is");
    }
    return new DiskSpace(directory.getUsableSpace(), total, reserve.held() ? reserve.bytes() : 0);
  }

  /** For {@link io.aifs.server.chunk.RoomGate}. */
  void requireRoom() {
    boolean room;
    try {
      room = reserve.hasRoom();
    } catch (IOException e) {
      throw Failures.translate("setting space aside failed", e);
    }
    if (!room) {
      throw new AifsException.LimitExceeded(
          Reason.DISK_FULL,
          "the disk is full: less than " + reserve.bytes() + " bytes are left, for deleting only",
          "free some space on the file system of the data directory and try again");
    }
  }

  /** Gives the reserve up; returns whether there was one. */
  boolean release() {
    try {
      return reserve.release();
    } catch (IOException e) {
      throw Failures.translate("giving up the reserve failed", e);
    }
  }

  /** Sets space aside if it is not, and there is enough. */
  void restore() {
    try {
      reserve.restore();
    } catch (IOException e) {
      throw Failures.translate("setting space aside failed", e);
    }
  }
}
