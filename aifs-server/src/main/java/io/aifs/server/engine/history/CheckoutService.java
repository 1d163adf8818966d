package io.aifs.server.engine.history;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.TreeRoot;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EventItem;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.layer.Keys;
import io.aifs.server.engine.PathRules;
import io.aifs.server.engine.TreeService;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.engine.tree.Folding;
import io.aifs.server.snapshot.SnapshotTree;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings paths of any ref into a branch's working state. Thread-safe. */
public final class CheckoutService {
  private final Catalog catalog;
  private final Branches branches;
  private final RefResolver resolver;
  private final Folding folding;
  private final TreeStorage trees;
  private final Clock clock;

  CheckoutService(
      Catalog catalog,
      Branches branches,
      RefResolver resolver,
      Folding folding,
      TreeStorage trees,
      Clock clock) {
    this.catalog = catalog;
    this.branches = branches;
    this.resolver = resolver;
    this.folding = folding;
    this.trees = trees;
    this.clock = clock;
  }

  /**
   * Makes what is at and below {@code to} what {@code from} has at and below {@code path}, in one
   * step, however much that is.
   *
   * @throws AifsException.NotFound if the branch does not exist, the ref means nothing, or it has
   *     nothing at the path
   * @throws AifsException.Precondition if something above {@code to} is not a directory
   */
  public TreeService.Change checkout(
      NamespaceRow namespace,
      Name branch,
      Ref from,
      TreePath path,
      TreePath to,
      Optional<WriteRequest> request) {
    Optional<String> kept = request.flatMap(one -> catalog.read(one::keptOutcome));
    if (kept.isPresent()) {
      return TreeService.Change.decode(kept.get());
    }
    branches.require(namespace, branch);
    // Collection waits for what is open: the tree's nodes are there until the catalog names them.
    try (TreeStorage.Writing _ = trees.begin(namespace)) {
      return checkoutPinned(namespace, branch, from, path, to, request);
    }
  }

  private TreeService.Change checkoutPinned(
      NamespaceRow namespace,
      Name branch,
      Ref from,
      TreePath path,
      TreePath to,
      Optional<WriteRequest> request) {
    RefResolver.Meaning meaning = resolver.resolve(namespace, from);
    TreeRoot source = rootOf(namespace, meaning);
    Found found = require(namespace, source, from, path);
    Instant now = clock.instant();
    return catalog.write(
        writer ->
            WriteRequest.once(
                request,
                writer,
                now,
                TreeService.Change::encode,
                TreeService.Change::decode,
                () -> {
                  if (writer.refs().branch(namespace.number(), branch).isEmpty()) {
                    throw Branches.notFound(namespace, branch);
                  }
                  if (meaning instanceof RefResolver.Meaning.At(VerifiedSnapshot snapshot)) {
                    SnapshotService.row(writer, namespace, snapshot.id()); // not pruned since
                  }
                  writer.tree().removeBelow(namespace.number(), branch, to);
                  if (!to.isRoot()) {
                    new PathRules(writer.tree(), namespace.number(), branch)
                        .requireFits(List.of(new PathEntry(to, found.entry())));
                  }
                  writer.tree().graft(namespace.number(), branch, to, source, path);
                  long version = event(writer, namespace, branch, from, to, found, now);
                  return new TreeService.Change(found.entries(), version);
                }));
  }

  private TreeRoot rootOf(NamespaceRow namespace, RefResolver.Meaning meaning) {
    return switch (meaning) {
      case RefResolver.Meaning.Working(Name name) -> folding.fold(namespace, name).paths();
      case RefResolver.Meaning.At(VerifiedSnapshot snapshot) -> snapshot.roots().paths();
    };
  }

  /** What is at a path, and how many entries there and below. */
  private record Found(TreeEntry entry, long entries) {}

  private Found require(NamespaceRow namespace, TreeRoot source, Ref from, TreePath path) {
    TreeEntry directory = new TreeEntry.Directory(FileAttributes.PLAIN_DIRECTORY);
    if (path.isRoot()) {
      return new Found(directory, source.entries());
    }
    SnapshotTree tree = new SnapshotTree(trees.nodes(namespace), source);
    Optional<TreeEntry> at = tree.find(path).map(PathEntry::entry);
    byte[] key = path.toUtf8();
    long below = tree.sums(Keys.firstBelow(key), Keys.endBelow(key)).entries();
    if (at.isEmpty() && below == 0) {
      throw new AifsException.NotFound(
          Reason.PATH_NOT_FOUND,
          "path '" + path + "' is not in '" + from + "' of namespace " + namespace.name(),
          "'aifs ls' shows what is there; 'aifs rm' removes a path");
    }
    return new Found(at.orElse(directory), below + (at.isPresent() ? 1 : 0));
  }

  private static long event(
      CatalogWriter writer,
      NamespaceRow namespace,
      Name branch,
      Ref from,
      TreePath to,
      Found found,
      Instant now) {
    Map<String, String> details =
        Map.of(
            "branch", branch.value(),
            "from", from.toString(),
            "entries", Long.toString(found.entries()));
    return writer
        .events()
        .append(
            EventRow.of(
                namespace.number(),
                "tree.checkout",
                now,
                List.of(EventItem.of(to, found.entry())),
                details));
  }
}
