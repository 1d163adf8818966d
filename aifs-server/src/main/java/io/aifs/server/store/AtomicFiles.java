package io.aifs.server.store;

import io.aifs.server.file.Disk;
import java.io.IOException;

/** Small files replaced as a whole: after a crash there is the old one or the new one. */
public final class AtomicFiles {
  /** Writes, syncs and renames into place; durable on return. */
  public static void write(Disk disk, String name, byte[] content) throws IOException {
    String temporary = "tmp/" + name + ".new";
    disk.delete(temporary);
    try (Disk.AppendFile file = disk.create(temporary)) {
      file.append(content, 0, content.length);
      file.sync();
    }
    disk.rename(temporary, name);
    disk.syncDirectory("");
  }

  private AtomicFiles() {}
}
