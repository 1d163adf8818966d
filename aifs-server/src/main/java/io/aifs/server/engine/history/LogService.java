package io.aifs.server.engine.history;

import io.aifs.core.AifsException;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.TreeRoot;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SnapshotNode;
import io.aifs.server.snapshot.TreeDiff;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/** The snapshots that lead to one, newest first. Thread-safe. */
public final class LogService {
  /**
   * Children before parents, since those have lower generations; then the newer first. So the order
   * does not depend on clocks, and what was shown tells what comes next.
   */
  private static final Comparator<SnapshotNode> NEWEST_FIRST =
      Comparator.comparingLong(SnapshotNode::generation)
          .thenComparing(SnapshotNode::createdAt)
          .thenComparing(SnapshotNode::id)
          .reversed();

  private final Catalog catalog;
  private final SnapshotService snapshots;
  private final SnapshotVerification verification;
  private final TreeStorage trees;

  LogService(
      Catalog catalog,
      SnapshotService snapshots,
      SnapshotVerification verification,
      TreeStorage trees) {
    this.catalog = catalog;
    this.snapshots = snapshots;
    this.verification = verification;
    this.trees = trees;
  }

  /**
   * The snapshots that lead to {@code from}, it too; those that were pruned are left out.
   *
   * @param path only those that changed something at or below it, against their first parent
   * @param after the last one of the page before; empty for the first page
   * @return at most {@code limit}, and fewer only at the end
   * @throws AifsException.Corrupt if one of them is not what was signed
   */
  public List<VerifiedSnapshot> log(
      NamespaceRow namespace,
      SnapshotId from,
      TreePath path,
      Optional<SnapshotId> after,
      int limit) {
    Ancestors ancestors = new Ancestors(catalog, namespace);
    PriorityQueue<SnapshotNode> waiting = new PriorityQueue<>(NEWEST_FIRST);
    Set<SnapshotId> seen = new HashSet<>();
    add(ancestors, List.of(from), waiting, seen);
    Optional<SnapshotNode> last =
        after.map(id -> ancestors.find(id).orElseThrow(() -> snapshots.missing(namespace, id)));
    List<VerifiedSnapshot> page = new ArrayList<>();
    while (page.size() < limit && !waiting.isEmpty()) {
      SnapshotNode node = waiting.remove();
      add(ancestors, node.parents(), waiting, seen);
      boolean behind = last.isEmpty() || NEWEST_FIRST.compare(node, last.get()) > 0;
      if (behind && !node.pruned()) {
        VerifiedSnapshot snapshot = snapshots.get(namespace, node.id());
        if (path.isRoot() || changed(namespace, snapshot, path)) {
          page.add(snapshot);
        }
      }
    }
    return page;
  }

  private static void add(
      Ancestors ancestors,
      List<SnapshotId> ids,
      PriorityQueue<SnapshotNode> waiting,
      Set<SnapshotId> seen) {
    for (SnapshotId id : ids) {
      if (seen.add(id)) {
        ancestors.find(id).ifPresent(waiting::add);
      }
    }
  }

  /** Against nothing, if there is no parent or its content is gone. */
  private boolean changed(NamespaceRow namespace, VerifiedSnapshot snapshot, TreePath path) {
    TreeRoot before =
        snapshot.statement().parents().stream()
            .findFirst()
            .flatMap(
                parent ->
                    catalog.read(reader -> reader.snapshots().find(namespace.number(), parent)))
            .map(row -> verification.require(namespace, row).roots().paths())
            .orElse(TreeRoot.EMPTY);
    return DiffService.differs(
        trees.nodes(namespace), before, snapshot.roots().paths(), path, TreeDiff.Counting.ALL);
  }
}
