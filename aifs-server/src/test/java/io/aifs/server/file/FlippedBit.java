package io.aifs.server.file;

import java.io.EOFException;
import java.io.IOException;

/** Changes one bit of a file, as a bad disk does. */
public final class FlippedBit {
  private FlippedBit() {}

  /** Flips the lowest bit of the byte at {@code position}. */
  public static void in(Disk disk, String name, long position) throws IOException {
    byte[] bytes;
    try (Disk.ReadFile file = disk.open(name)) {
      bytes = new byte[(int) file.length()];
      if (file.read(0, bytes, 0, bytes.length) != bytes.length) {
        throw new EOFException(name);
      }
    }
    bytes[(int) position] ^= 1;
    disk.delete(name);
    try (Disk.AppendFile file = disk.create(name)) {
      file.append(bytes, 0, bytes.length);
    }
  }
}
