package io.aifs.core.tree;

import io.aifs.core.Limits;

/** The numbers of {@code docs/format/tree.md}. Integers are big-endian. */
final class TreeFormat {
  static final int NODE_VERSION = 1;

  /** Every level has at most about half as many nodes as the one below it. */
  static final int LEVEL_MAX = 62;

  /** Version, level, number of entries. */
  static final int NODE_HEADER_BYTES = 1 + 1 + 2;

  /** Lengths of the shared and of the own part of a path. */
  static final int PATH_HEADER_BYTES = 2 + 2;

  static final int TYPE_FILE = 0;
  static final int TYPE_SYMLINK = 1;
  static final int TYPE_DIRECTORY = 2;

  /** Mode, mtime. */
  static final int ATTRIBUTES_BYTES = 2 + 8;

  /** Kind, size, asset. */
  static final int FILE_BYTES = 1 + 8 + 32;

  /** Length of a symlink's target. */
  static final int TARGET_HEADER_BYTES = 2;

  /** Node id, Merkle digest, entries, bytes, longest path. */
  static final int CHILD_BYTES = 32 + 32 + 8 + 8 + 2;

  /** What {@link NodeShape} never exceeds. */
  static final int NODE_BYTES_MAX = 16 << 10;

  /** More entries than fit into a node of any kind. */
  static final int NODE_ENTRIES_MAX = NODE_BYTES_MAX / (PATH_HEADER_BYTES + 1);

  static final int EXECUTABLE_BITS = 0111;

  static final int PATH_BYTES_MAX = Limits.PATH_BYTES_MAX;
  static final long SIZE_MAX = Limits.ASSET_BYTES_MAX;

  private TreeFormat() {}
}
