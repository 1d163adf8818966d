package io.aifs.cli.terminal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much room the disks have. */
public interface DiskSpace {
  /** Bytes that may still be written where {@code directory} is; empty if its disk does not say. */
  OptionalLong freeBytes(Path directory) throws IOException;

  /** The disks of this machine. */
  static DiskSpace ofThisMachine() {
    return directory -> {
      FileStore store = Files.getFileStore(directory);
      // Some file systems of other programs know neither how large nor how full they are.
      return store.getTotalSpace() == 0
          ? OptionalLong.empty()
          : OptionalLong.of(store.getUsableSpace());
    };
  }
}
