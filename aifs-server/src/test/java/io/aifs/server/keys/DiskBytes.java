package io.aifs.server.keys;

import io.aifs.server.file.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Looks at a {@link Disk} from the side, and changes what is on it. */
final class DiskBytes {
  static byte[] read(Disk disk, String name) throws IOException {
    try (Disk.ReadFile file = disk.open(name)) {
      byte[] bytes = new byte[(int) file.length()];
      file.read(0, bytes, 0, bytes.length);
      return bytes;
    }
  }

  static void overwrite(Disk disk, String name, byte[] bytes) throws IOException {
    disk.delete(name);
    try (Disk.AppendFile file = disk.create(name)) {
      file.append(bytes, 0, bytes.length);
    }
  }

  /** Every file below {@code directory}. */
  static List<String> files(Disk disk, String directory) throws IOException {
    List<String> files = new ArrayList<>();
    for (String name : disk.list(directory)) {
      String full = directory.isEmpty() ? name : directory + "/" + name;
      if (name.contains(".")) {
        files.add(full);
      } else {
        files.addAll(files(disk, full));
      }
    }
    return files;
  }

  static boolean contains(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  private DiskBytes() {}
}
