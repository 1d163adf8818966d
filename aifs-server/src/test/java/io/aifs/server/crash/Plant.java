package io.aifs.server.crash;

import io.aifs.server.catalog.Catalog;
import io.aifs.server.file.Disk;

/** A bug put between a store and what it stands on. Made anew for each start of the store. */
interface Plant {
  Plant NONE = new Plant() {};

  default Disk disk(Disk disk) {
    return disk;
  }

  /**
   * @param disk without the bug
   */
  default Catalog catalog(Catalog catalog, Disk disk) {
    return catalog;
  }
}
