package io.aifs.server.snapshot;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;

/** One change to a tree. */
public sealed interface TreeEdit {
  /** Puts an entry in the place of whatever its path names. */
  record Put(PathEntry entry) implements TreeEdit {
    public Put {
      requireNonNull(entry, "entry is null");
    }
  }

  /** Removes the entry of a path, if there is one. */
  record Remove(TreePath path) implements TreeEdit {
    public Remove {
      requireNonNull(path, "path is null");
    }
  }

  /**
   * Removes every entry of the base with {@code first <= key < end}, keys being UTF-8 bytes of
   * paths. Of a whole directory: from its path and {@code /} to its path and {@code 0}. A byte 0xff
   * is behind all paths. The arrays are not copied.
   */
  @SuppressWarnings("ArrayRecordComponent") // bounds of a range; never compared
  record Clear(byte[] first, byte[] end) implements TreeEdit {
    public Clear {
      requireNonNull(first, "first is null");
      requireNonNull(end, "end is null");
    }
  }

  /** Where edits stand in their order. */
  default byte[] key() {
    return switch (this) {
      case Put put -> put.entry().path().toUtf8();
      case Remove remove -> remove.path().toUtf8();
      case Clear clear -> clear.first();
    };
  }
}
