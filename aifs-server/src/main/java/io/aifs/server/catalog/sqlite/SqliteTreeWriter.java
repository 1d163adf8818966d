package io.aifs.server.catalog.sqlite;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.server.catalog.TreePart;
import io.aifs.server.catalog.TreeWriter;
import io.aifs.server.catalog.WorkingTree;
import io.aifs.server.catalog.layer.TreeBase;
import io.aifs.server.catalog.layer.TreeListing;
import io.aifs.server.catalog.layer.TreeSums;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Changes working states. What becomes of an overlay depends on its rows alone and on whether
 * anything lies below, never on what that is: so a journal is replayed without reading trees.
 */
final class SqliteTreeWriter extends SqliteTreeReader implements TreeWriter {
  SqliteTreeWriter(Session session, TreeBase base) {
    super(session, base);
  }

  @Override
  public int putAll(long namespace, Name branch, Collection<PathEntry> entries) {
    WorkingTree tree = require(namespace, branch);
    Overlay overlay = overlay(namespace, tree);
    NamedAssets named = new NamedAssets(session, namespace);
    // In the table's order: neighbours share pages.
    List<PathEntry> sorted =
        entries.stream().sorted(Comparator.comparing(PathEntry::path)).toList();
    int added = 0;
    for (PathEntry entry : sorted) {
      added += overlay.put(entry) ? 1 : 0;
      if (entry.entry() instanceof TreeEntry.File file) {
        named.add(file.asset());
      }
    }
    named.apply();
    return added;
  }

  @Override
  public int removeAll(long namespace, Name branch, List<TreePath> paths) {
    Overlay overlay = overlay(namespace, require(namespace, branch));
    int removed = 0;
    for (TreePath path : paths.stream().sorted().toList()) {
      removed += overlay.remove(path.toUtf8()) ? 1 : 0;
    }
    return removed;
  }

  @Override
  public long removeBelow(long namespace, Name branch, TreePath prefix) {
    WorkingTree tree = require(namespace, branch);
    long removed = new TreeListing(view(namespace, tree)).sums(prefix).entries();
    overlay(namespace, tree).clear(prefix.toUtf8());
    return removed;
  }

  @Override
  public long move(long namespace, Name branch, TreePath from, TreePath to) {
    if (from.contains(to) || to.contains(from)) {
      throw new IllegalArgumentException("one path contains the other: " + from + ", " + to);
    }
    if (find(namespace, branch, to).isPresent()) {
      throw new IllegalStateException("something is at or below " + to);
    }
    WorkingTree tree = require(namespace, branch);
    TreeSums moved = new TreeListing(view(namespace, tree)).sums(from);
    requireShort(moved.longest() + to.toUtf8().length - from.toUtf8().length, to);
    overlay(namespace, tree).move(from.toUtf8(), to.toUtf8());
    return moved.entries();
  }

  @Override
  public void graft(long namespace, Name branch, TreePath to, TreeRoot root, TreePath source) {
    TreeSums sums = new TreeListing(base(namespace, root)).sums(source);
    requireShort(sums.longest() + to.toUtf8().length - source.toUtf8().length, to);
    overlay(namespace, require(namespace, branch)).graft(to.toUtf8(), root, source.toUtf8());
  }

  private static void requireShort(int longest, TreePath to) {
    if (longest > Limits.PATH_BYTES_MAX) {
      throw new AifsException.InvalidRequest(
          Reason.PATH_INVALID,
          "to",
          "a path below " + to + " would be over " + Limits.PATH_BYTES_MAX + " bytes",
          "Choose a shorter path to move to.");
    }
  }

  @Override
  public void reset(long namespace, Name branch, SnapshotRoots roots) {
    long number =
        session
            .first(
                "SELECT number FROM branch WHERE namespace = ? AND name = ?",
                row -> row.integer(1),
                namespace,
                branch.value())
            .orElseThrow(() -> new IllegalStateException("no such branch: " + branch));
    SqliteWorkingWriter writer = new SqliteWorkingWriter(session);
    writer.reset(number, TreePart.PATHS, roots.paths());
    writer.reset(number, TreePart.UNNAMED, roots.unnamed());
  }

  private Overlay overlay(long namespace, WorkingTree tree) {
    return new Overlay(session, tree, view(namespace, tree));
  }

  private WorkingTree require(long namespace, Name branch) {
    Optional<WorkingTree> tree = working.tree(namespace, branch, TreePart.PATHS);
    return tree.orElseThrow(() -> new IllegalStateException("no such branch: " + branch));
  }
}
