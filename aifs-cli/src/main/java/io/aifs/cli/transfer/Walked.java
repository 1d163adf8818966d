package io.aifs.cli.transfer;

import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.TreePath;
import java.nio.file.Path;

/**
 * Something found by a walk.
 *
 * @param target where it goes in the store
 * @param size bytes of a file when it was seen; 0 for others
 */
record Walked(TreePath target, Path source, Kind kind, FileAttributes attributes, long size) {
  /** What can be put. */
  enum Kind {
    FILE,
    DIRECTORY,
    SYMLINK
  }
}
