package io.aifs.server.file;

import java.nio.file.Path;

class MemoryDiskTest extends DiskContract {
  @Override
  protected Disk make(Path directory) {
    return new MemoryDisk();
  }
}
