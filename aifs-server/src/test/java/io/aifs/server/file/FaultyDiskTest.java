package io.aifs.server.file;

import java.nio.file.Path;

/** Without a fault it is a disk like any other. */
class FaultyDiskTest extends DiskContract {
  @Override
  protected Disk make(Path directory) {
    return new FaultyDisk(new MemoryDisk());
  }
}
