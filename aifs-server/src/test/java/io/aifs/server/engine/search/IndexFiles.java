package io.aifs.server.engine.search;

import io.aifs.server.file.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Looks at, and changes, files of indexes behind their backs. */
final class IndexFiles {
  /** Full names of all files below a directory. */
  static List<String> all(Disk disk, String directory) throws IOException {
    List<String> names = new ArrayList<>();
    for (String name : disk.list(directory)) {
      String path = directory + "/" + name;
      if (name.contains("-") || name.equals("current")) {
        names.add(path);
      } else {
        names.addAll(all(disk, path));
      }
    }
    return names;
  }

  static byte[] bytes(Disk disk, String name) throws IOException {
    try (Disk.ReadFile file = disk.open(name)) {
      byte[] bytes = new byte[(int) file.length()];
      if (file.read(0, bytes, 0, bytes.length) < bytes.length) {
        throw new IOException("shorter than it says: " + name);
      }
      return bytes;
    }
  }

  static void replace(Disk disk, String name, byte[] bytes) throws IOException {
    disk.delete(name);
    try (Disk.AppendFile file = disk.create(name)) {
      file.append(bytes, 0, bytes.length);
      file.sync();
    }
  }

  private IndexFiles() {}
}
