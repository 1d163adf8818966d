package io.aifs.server.snapshot;

import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.tree.TreeRoot;

/**
 * What is known of many entries without reading each.
 *
 * @param entries how many there are
 * @param bytes content bytes over all of them
 * @param longestPath length in bytes of the longest path; 0 if there are none
 */
public record TreeSums(long entries, long bytes, int longestPath) {
  public static final TreeSums NONE = new TreeSums(0, 0, 0);

  public static TreeSums of(TreeRoot root) {
    return new TreeSums(root.entries(), root.bytes(), root.longestPath());
  }

  public static TreeSums of(PathEntry entry) {
    long bytes = entry.entry() instanceof TreeEntry.File file ? file.size() : 0;
    return new TreeSums(1, bytes, entry.path().toUtf8().length);
  }

  public TreeSums plus(TreeSums other) {
    return new TreeSums(
        entries + other.entries, bytes + other.bytes, Math.max(longestPath, other.longestPath));
  }
}
