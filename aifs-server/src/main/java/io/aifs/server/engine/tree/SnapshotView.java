package io.aifs.server.engine.tree;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.core.Limits;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.server.catalog.layer.TreeSums;
import io.aifs.server.catalog.layer.TreeView;
import io.aifs.server.snapshot.SnapshotTree;
import java.util.Iterator;
import java.util.Optional;

/** A snapshot tree as overlays see what they lie on. Thread-safe. */
record SnapshotView(SnapshotTree tree) implements TreeView {
  @Override
  public Optional<PathEntry> at(byte[] key) {
    // A key of a directory that was moved from a longer path may be none there.
    return key.length == 0 || key.length > Limits.PATH_BYTES_MAX
        ? Optional.empty()
        : tree.find(new TreePath(new String(key, UTF_8)));
  }

  @Override
  public Iterator<PathEntry> entries(byte[] first, byte[] end) {
    return tree.entries(first, end);
  }

  @Override
  public TreeSums sums(byte[] first, byte[] end) {
    var sums = tree.sums(first, end);
    return new TreeSums(sums.entries(), sums.bytes(), sums.longestPath());
  }
}
