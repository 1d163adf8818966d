package io.aifs.server.engine.search;

import io.aifs.core.model.TreePath;
import io.aifs.server.catalog.layer.Keys;
import java.util.List;

/** A range of a tree's keys: UTF-8 bytes of paths. The arrays are not copied. */
@SuppressWarnings("ArrayRecordComponent") // bounds of a range; never compared
record TreeRange(byte[] first, byte[] end) {
  /** All of a tree. */
  static final TreeRange ALL = of(TreePath.ROOT).getLast();

  /** What is at the path, and what is below it. */
  static List<TreeRange> of(TreePath path) {
    byte[] key = path.toUtf8();
    TreeRange below = new TreeRange(Keys.firstBelow(key), Keys.endBelow(key));
    return path.isRoot() ? List.of(below) : List.of(new TreeRange(key, Keys.next(key)), below);
  }
}
