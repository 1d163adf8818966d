package io.aifs.server.engine;

import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.tree.TreeNode;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.Finding.Severity;
import io.aifs.server.engine.tree.LiveRoots;
import io.aifs.server.snapshot.NodeSource;
import io.aifs.server.snapshot.TreeCheck;
import io.aifs.server.snapshot.TreeProblem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks the trees of a namespace: every node, and that each asset they name is visible or has a
 * tombstone. Not thread-safe.
 */
final class TreeFindings {
  private static final int ASSETS_AT_A_TIME = 4_096;

  private final Catalog catalog;
  private final NamespaceRow namespace;
  private final NodeSource nodes;
  private final CheckRun run;
  private final Set<Digest> checked = new HashSet<>();

  /** Assets that trees name, each with a path of one. */
  private final Map<Digest, PathEntry> waiting = new HashMap<>();

  /** Whether what is read is of a tree of paths, not of unnamed assets. */
  private boolean ofPaths;

  /**
   * @param nodes read from where they are stored, not from a memory of them
   */
  TreeFindings(Catalog catalog, NamespaceRow namespace, NodeSource nodes, CheckRun run) {
    this.catalog = catalog;
    this.namespace = namespace;
    this.nodes = nodes;
    this.run = run;
  }

  void check() {
    LiveRoots roots = catalog.read(reader -> LiveRoots.of(reader, namespace.number()));
    check(roots.paths(), true);
    check(roots.unnamed(), false);
  }

  private void check(Set<TreeRoot> roots, boolean paths) {
    ofPaths = paths;
    TreeCheck check = new TreeCheck(nodes, checked, this::report, this::lookAt);
    roots.forEach(check::check);
    lookUp();
  }

  private void report(TreeProblem problem) {
    run.report(
        new Finding(
            Severity.DAMAGE,
            "tree-damaged",
            "a tree of namespace '"
                + namespace.name()
                + "' is damaged at node "
                + problem.node()
                + ": "
                + problem.message(),
            "snapshots that need this node do not verify; restore the store from a backup"));
  }

  private void lookAt(TreeNode.Leaf leaf) {
    for (PathEntry entry : leaf.entries()) {
      if (entry.entry() instanceof TreeEntry.File file) {
        waiting.putIfAbsent(file.asset(), entry);
      }
    }
    if (waiting.size() >= ASSETS_AT_A_TIME) {
      lookUp();
    }
  }

  private void lookUp() {
    catalog.read(this::problems).forEach(run::report);
    waiting.clear();
  }

  private List<Finding> problems(CatalogReader reader) {
    Map<Digest, AssetRow> rows = reader.assets().findAll(namespace.number(), waiting.keySet());
    return waiting.entrySet().stream()
        .filter(
            named -> {
              AssetRow row = rows.get(named.getKey());
              return row == null
                  ? reader.assets().findTombstone(namespace.number(), named.getKey()).isEmpty()
                  : ofPaths && !row.named();
            })
        .map(named -> finding(named.getKey(), named.getValue(), rows.containsKey(named.getKey())))
        .toList();
  }

  private static Finding finding(Digest asset, PathEntry entry, boolean visible) {
    return visible
        ? new Finding(
            Severity.WARNING,
            "path-counts-wrong",
            "asset " + asset + " says that no path ever named it, but '" + entry.path() + "' does",
            "put the path again, so that nobody can delete the asset by mistake")
        : new Finding(
            Severity.DAMAGE,
            "asset-lost",
            "'"
                + entry.path()
                + "' of a tree names asset "
                + asset
                + ", which is neither visible nor deleted",
            "put the asset again from its source");
  }
}
