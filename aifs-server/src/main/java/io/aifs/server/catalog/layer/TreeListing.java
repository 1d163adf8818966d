package io.aifs.server.catalog.layer;

import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** A tree as directories: those that were put, and those that exist by what is below them. */
public final class TreeListing {
  private final TreeView view;

  public TreeListing(TreeView view) {
    this.view = view;
  }

  public TreeView view() {
    return view;
  }

  /** The entry at a path, or the directory that is there by what is below. */
  public Optional<PathEntry> find(TreePath path) {
    byte[] key = path.toUtf8();
    Optional<PathEntry> stored = view.at(key);
    boolean implied =
        stored.isEmpty()
            && (path.isRoot() || view.hasAny(Keys.firstBelow(key), Keys.endBelow(key)));
    return implied
        ? Optional.of(new PathEntry(path, new TreeEntry.Directory(FileAttributes.PLAIN_DIRECTORY)))
        : stored;
  }

  /** The names directly in a directory, after the name {@code after}, at most {@code limit}. */
  public List<PathEntry> children(TreePath directory, Optional<String> after, int limit) {
    return new ChildNames(view, directory, after).list(limit);
  }

  /** The entries at and below a path, after the path {@code after}, at most {@code limit}. */
  public List<PathEntry> walk(TreePath path, Optional<TreePath> after, int limit) {
    List<PathEntry> found = new ArrayList<>();
    byte[] key = path.toUtf8();
    if (limit > 0 && (after.isEmpty() || after.get().compareTo(path) < 0)) {
      view.at(key).ifPresent(found::add);
    }
    byte[] first = Keys.firstBelow(key);
    if (after.isPresent()) {
      byte[] next = Keys.next(after.get().toUtf8());
      first = Arrays.compareUnsigned(next, first) > 0 ? next : first;
    }
    Iterator<PathEntry> entries = view.entries(first, Keys.endBelow(key));
    while (found.size() < limit && entries.hasNext()) {
      found.add(entries.next());
    }
    return found;
  }

  /** All entries below the root. */
  public Iterator<PathEntry> all() {
    byte[] root = TreePath.ROOT.toUtf8();
    return view.entries(Keys.firstBelow(root), Keys.endBelow(root));
  }

  /** Sums over the entries at and below a path. */
  public TreeSums sums(TreePath path) {
    byte[] key = path.toUtf8();
    TreeSums below = view.sums(Keys.firstBelow(key), Keys.endBelow(key));
    return view.at(key)
        .map(
            entry ->
                below.plus(
                    new TreeSums(
                        1,
                        entry.entry() instanceof TreeEntry.File file ? file.size() : 0,
                        key.length)))
        .orElse(below);
  }
}
