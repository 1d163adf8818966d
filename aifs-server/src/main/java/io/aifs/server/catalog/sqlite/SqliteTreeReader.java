package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetPaths;
import io.aifs.server.catalog.TreeReader;
import io.aifs.server.catalog.TreeUsage;
import io.aifs.server.catalog.WorkingState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Working states, each a range of table {@code tree_entry}. */
class SqliteTreeReader implements TreeReader {
  final Session session;

  SqliteTreeReader(Session session) {
    this.session = session;
  }

  @Override
  public Optional<PathEntry> find(long namespace, Name branch, TreePath path) {
    return table(namespace, branch)
        .flatMap(
            table -> {
              Optional<PathEntry> stored = table.find(path);
              boolean implied =
                  stored.isEmpty() && (path.isRoot() || table.hasAny(PathRange.below(path)));
              return implied
                  ? Optional.of(
                      new PathEntry(path, new TreeEntry.Directory(FileAttributes.PLAIN_DIRECTORY)))
                  : stored;
            });
  }

  @Override
  public List<PathEntry> children(
      long namespace, Name branch, TreePath directory, Optional<String> after, int limit) {
    int most = Page.limit(limit);
    return table(namespace, branch)
        .map(table -> new ChildNames(table, directory, after).list(most))
        .orElse(List.of());
  }

  @Override
  public List<PathEntry> walk(
      long namespace, Name branch, TreePath prefix, Optional<TreePath> after, int limit) {
    int most = Page.limit(limit);
    return table(namespace, branch)
        .map(table -> walk(table, prefix, after, most))
        .orElse(List.of());
  }

  private static List<PathEntry> walk(
      EntryTable table, TreePath prefix, Optional<TreePath> after, int limit) {
    List<PathEntry> found = new ArrayList<>();
    if (limit > 0 && (after.isEmpty() || after.get().compareTo(prefix) < 0)) {
      table.find(prefix).ifPresent(found::add);
    }
    PathRange range = PathRange.below(prefix);
    byte[] first = range.first();
    if (after.isPresent()) {
      byte[] next = PathRange.next(after.get().toUtf8());
      first = Arrays.compareUnsigned(next, first) > 0 ? next : first;
    }
    found.addAll(table.list(first, range.end(), limit - found.size()));
    return found;
  }

  @Override
  public Optional<TreePath> anyPathOf(long namespace, Digest asset) {
    return session.first(
        "SELECT e.path FROM branch b JOIN tree_entry e ON e.branch = b.number"
            + " WHERE b.namespace = ? AND e.asset = ? LIMIT 1",
        row -> new TreePath(row.utf8(1)),
        namespace,
        asset.toBytes());
  }

  @Override
  public Map<Digest, AssetPaths> pathsOf(long namespace, Set<Digest> assets, int limitEach) {
    Map<Digest, List<AssetPaths.Place>> some = new HashMap<>();
    Map<Digest, Long> counts = new HashMap<>();
    session.each(
        "SELECT e.asset, b.name, e.path FROM branch b JOIN tree_entry e ON e.branch = b.number"
            + " WHERE b.namespace = ? AND e.asset IS NOT NULL ORDER BY b.number, e.path",
        row -> {
          Digest asset = row.digest(1);
          if (assets.contains(asset) && counts.merge(asset, 1L, Long::sum) <= limitEach) {
            some.computeIfAbsent(asset, _ -> new ArrayList<>())
                .add(new AssetPaths.Place(new Name(row.text(2)), new TreePath(row.utf8(3))));
          }
          return true;
        },
        namespace);
    Map<Digest, AssetPaths> found = new HashMap<>();
    counts.forEach(
        (asset, count) ->
            found.put(asset, new AssetPaths(some.getOrDefault(asset, List.of()), count)));
    return found;
  }

  @Override
  public TreeUsage usage(long namespace, Name branch, TreePath path) {
    return table(namespace, branch)
        .map(table -> table.usage(path))
        .orElseGet(() -> new TreeUsage(0, 0, 0, 0, 0));
  }

  @Override
  public Optional<WorkingState> state(long namespace, Name branch) {
    return table(namespace, branch)
        .map(
            table ->
                new WorkingState(
                    SnapshotRoots.EMPTY,
                    table.find(TreePath.ROOT).isPresent()
                        || table.hasAny(PathRange.below(TreePath.ROOT))));
  }

  Optional<Long> numberOf(long namespace, Name branch) {
    return session.first(
        "SELECT number FROM branch WHERE namespace = ? AND name = ?",
        row -> row.integer(1),
        namespace,
        branch.value());
  }

  private Optional<EntryTable> table(long namespace, Name branch) {
    return numberOf(namespace, branch).map(number -> new EntryTable(session, number));
  }
}
