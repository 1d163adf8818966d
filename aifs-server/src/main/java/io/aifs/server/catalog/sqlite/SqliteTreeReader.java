package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.AssetPaths;
import io.aifs.server.catalog.TreePart;
import io.aifs.server.catalog.TreeReader;
import io.aifs.server.catalog.TreeUsage;
import io.aifs.server.catalog.TreeUsages;
import io.aifs.server.catalog.WorkingState;
import io.aifs.server.catalog.WorkingTree;
import io.aifs.server.catalog.layer.LayerView;
import io.aifs.server.catalog.layer.TreeBase;
import io.aifs.server.catalog.layer.TreeListing;
import io.aifs.server.catalog.layer.TreeView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Working states: overlays in table {@code tree_entry} on the trees of {@link TreeBase}. */
class SqliteTreeReader implements TreeReader {
  final Session session;
  final SqliteWorkingReader working;
  private final TreeBase base;

  SqliteTreeReader(Session session, TreeBase base) {
    this.session = session;
    this.working = new SqliteWorkingReader(session);
    this.base = base;
  }

  @Override
  public Optional<PathEntry> find(long namespace, Name branch, TreePath path) {
    return listing(namespace, branch).flatMap(listing -> listing.find(path));
  }

  @Override
  public List<PathEntry> children(
      long namespace, Name branch, TreePath directory, Optional<String> after, int limit) {
    int most = Page.limit(limit);
    return listing(namespace, branch)
        .map(listing -> listing.children(directory, after, most))
        .orElse(List.of());
  }

  @Override
  public List<PathEntry> walk(
      long namespace, Name branch, TreePath prefix, Optional<TreePath> after, int limit) {
    int most = Page.limit(limit);
    return listing(namespace, branch)
        .map(listing -> listing.walk(prefix, after, most))
        .orElse(List.of());
  }

  @Override
  public Optional<AssetPaths.Place> anyPathOf(long namespace, Digest asset) {
    return pathsOf(namespace, Set.of(asset), 1, true).values().stream()
        .map(paths -> paths.some().getFirst())
        .findFirst();
  }

  @Override
  public Map<Digest, AssetPaths> pathsOf(long namespace, Set<Digest> assets, int limitEach) {
    return pathsOf(namespace, assets, limitEach, false);
  }

  private Map<Digest, AssetPaths> pathsOf(
      long namespace, Set<Digest> assets, int limitEach, boolean firstOnly) {
    Map<Digest, List<AssetPaths.Place>> some = new HashMap<>();
    Map<Digest, Long> counts = new HashMap<>();
    for (WorkingTree tree : working.trees(namespace)) {
      if (tree.part() == TreePart.PATHS) {
        Iterator<PathEntry> entries = new TreeListing(view(namespace, tree)).all();
        while (entries.hasNext() && !(firstOnly && !counts.isEmpty())) {
          PathEntry entry = entries.next();
          if (entry.entry() instanceof TreeEntry.File file
              && assets.contains(file.asset())
              && counts.merge(file.asset(), 1L, Long::sum) <= limitEach) {
            some.computeIfAbsent(file.asset(), _ -> new ArrayList<>())
                .add(new AssetPaths.Place(tree.branch(), entry.path()));
          }
        }
      }
    }
    Map<Digest, AssetPaths> found = new HashMap<>();
    counts.forEach(
        (asset, count) ->
            found.put(asset, new AssetPaths(some.getOrDefault(asset, List.of()), count)));
    return found;
  }

  @Override
  public TreeUsage usage(long namespace, Name branch, TreePath path) {
    return listing(namespace, branch)
        .map(listing -> TreeUsages.of(listing, path))
        .orElseGet(() -> new TreeUsage(0, 0, 0, 0, 0));
  }

  @Override
  public Optional<WorkingState> state(long namespace, Name branch) {
    Optional<WorkingTree> paths = working.tree(namespace, branch, TreePart.PATHS);
    Optional<WorkingTree> unnamed = working.tree(namespace, branch, TreePart.UNNAMED);
    if (paths.isEmpty() || unnamed.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new WorkingState(
            new SnapshotRoots(paths.get().root(), unnamed.get().root()),
            isChanged(paths.get()) || isChanged(unnamed.get())));
  }

  private boolean isChanged(WorkingTree tree) {
    return tree.frozen().isPresent() || working.rowCount(tree.layer(), 1) > 0;
  }

  private Optional<TreeListing> listing(long namespace, Name branch) {
    return working
        .tree(namespace, branch, TreePart.PATHS)
        .map(tree -> new TreeListing(view(namespace, tree)));
  }

  /** A tree of a working state, overlays and all. */
  final LayerView view(long namespace, WorkingTree tree) {
    return new LayerView(
        new EntryTable(session, tree.layer()),
        tree.ranges(),
        lower(namespace, tree),
        root -> base(namespace, root));
  }

  /** What lies below the overlay that takes changes. */
  private TreeView lower(long namespace, WorkingTree tree) {
    TreeView below = base(namespace, tree.root());
    return tree.frozen().isEmpty()
        ? below
        : new LayerView(
            new EntryTable(session, tree.frozen().getAsLong()),
            tree.frozenRanges(),
            below,
            root -> base(namespace, root));
  }

  final TreeView base(long namespace, TreeRoot root) {
    return root.isEmpty() ? TreeView.EMPTY : base.view(domainOf(namespace), root);
  }

  private DomainId domainOf(long namespace) {
    return session
        .first(
            "SELECT domain FROM namespace WHERE number = ?",
            row -> DomainId.fromBytes(row.blob(1)),
            namespace)
        .orElseThrow(() -> new IllegalStateException("no such namespace: " + namespace));
  }
}
