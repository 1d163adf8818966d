package io.aifs.server.catalog.sqlite;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.TreeWriter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Changes working states, and the path counts of assets with them. */
final class SqliteTreeWriter extends SqliteTreeReader implements TreeWriter {
  SqliteTreeWriter(Session session) {
    super(session);
  }

  @Override
  public int putAll(long namespace, Name branch, Collection<PathEntry> entries) {
    EntryTable table = new EntryTable(session, require(namespace, branch));
    PathCounts counts = new PathCounts(session, namespace);
    // In the table's order: neighbours share pages.
    List<PathEntry> sorted =
        entries.stream().sorted(Comparator.comparing(PathEntry::path)).toList();
    int added = 0;
    for (PathEntry entry : sorted) {
      if (table.insert(entry)) {
        added++;
      } else {
        counts.subtract(table.find(entry.path()).orElseThrow().entry());
        table.replace(entry);
      }
      counts.add(entry.entry());
    }
    counts.apply();
    return added;
  }

  @Override
  public int removeAll(long namespace, Name branch, List<TreePath> paths) {
    EntryTable table = new EntryTable(session, require(namespace, branch));
    PathCounts counts = new PathCounts(session, namespace);
    int removed = 0;
    for (TreePath path : paths.stream().sorted().toList()) {
      Optional<PathEntry> stored = table.find(path);
      if (stored.isPresent()) {
        table.delete(path);
        counts.subtract(stored.get().entry());
        removed++;
      }
    }
    counts.apply();
    return removed;
  }

  @Override
  public long removeBelow(long namespace, Name branch, TreePath prefix) {
    long removed = removeAll(namespace, branch, List.of(prefix));
    return removed
        + new SubtreeChange(session, require(namespace, branch)).remove(namespace, prefix);
  }

  @Override
  public long removePathsOf(long namespace, Digest asset) {
    PathCounts counts = new PathCounts(session, namespace);
    if (counts.of(asset) == 0) {
      return 0;
    }
    List<Long> branches =
        session.list(
            "SELECT number FROM branch WHERE namespace = ?", row -> row.integer(1), namespace);
    long removed = 0;
    for (long branch : branches) {
      removed += new EntryTable(session, branch).deleteAll(asset);
    }
    counts.subtract(asset, removed);
    counts.apply();
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
    SubtreeChange change = new SubtreeChange(session, require(namespace, branch));
    int longer = to.toUtf8().length - from.toUtf8().length;
    if (change.keyBytesMax(from) + longer > Limits.PATH_BYTES_MAX) {
      throw new AifsException.InvalidRequest(
          Reason.PATH_INVALID,
          "to",
          "a path below " + to + " would be over " + Limits.PATH_BYTES_MAX + " bytes",
          "Choose a shorter path to move to.");
    }
    return change.move(from, to);
  }

  @Override
  public void reset(long namespace, Name branch, SnapshotRoots roots) {
    if (!roots.equals(SnapshotRoots.EMPTY)) {
      throw new IllegalStateException("there are no trees below overlays yet");
    }
    removeBelow(namespace, branch, TreePath.ROOT);
  }

  private long require(long namespace, Name branch) {
    return numberOf(namespace, branch)
        .orElseThrow(() -> new IllegalStateException("no such branch: " + branch));
  }
}
