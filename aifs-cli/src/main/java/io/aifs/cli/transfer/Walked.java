package io.aifs.cli.transfer;

import io.aifs.cli.statcache.FileStamp;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.TreePath;
import java.nio.file.Path;

/**
 * Something found by a walk.
 *
 * @param target where it goes in the store
 * @param stamp its state when it was seen
 */
record Walked(TreePath target, Path source, Kind kind, FileAttributes attributes, FileStamp stamp) {
  /** What can be put. */
  enum Kind {
    FILE,
    DIRECTORY,
    SYMLINK
  }

  /** Bytes of a file when it was seen; 0 for others. */
  long size() {
    return kind == Kind.FILE ? stamp.size() : 0;
  }

  /** Whether it is a file that does not travel together with others. */
  boolean isLarge() {
    return size() > SmallBatch.FILE_BYTES_MAX;
  }
}
