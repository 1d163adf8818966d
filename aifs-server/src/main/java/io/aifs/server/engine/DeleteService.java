package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetPaths;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EventItem;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.Tombstone;
import io.aifs.server.catalog.WorkingState;
import io.aifs.server.catalog.WorkingTree;
import io.aifs.server.engine.tree.Folding;
import io.aifs.server.engine.tree.TreeNodes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Deletes assets, leaving tombstones. Thread-safe. */
public final class DeleteService {
  private static final int PATHS_AT_A_TIME = 100_000;

  private final Catalog catalog;
  private final TreeNodes trees;
  private final Folding folding;
  private final Clock clock;

  /**
   * @param folding makes trees of overlays before a delete that is not forced, so that what they
   *     name is known at once
   */
  public DeleteService(Catalog catalog, TreeNodes trees, Folding folding, Clock clock) {
    this.folding = folding;
    this.catalog = catalog;
    this.trees = trees;
    this.clock = clock;
  }

  /**
   * Deletes an asset: gone from every read at once, while lineage that names it stays valid.
   *
   * @param force also when children, paths or snapshots refer to it; it is removed from working
   *     states then, while snapshots stay as they are and name what has a tombstone
   * @throws AifsException.NotFound if it is unknown or deleted already
   * @throws AifsException.Precondition if it is referenced, naming one reference
   */
  public void delete(
      NamespaceRow namespace,
      Digest id,
      boolean force,
      String deletedBy,
      String why,
      Optional<WriteRequest> request) {
    Instant now = clock.instant();
    References references = new References(namespace.number(), id, trees.of(namespace.domain()));
    if (!force) { // else its paths are looked for in any case, and a fold for each would cost space
      foldIfNamed(namespace, id);
    }
    // Looks at everything, while others write; what is written meanwhile is looked at below.
    var _ = catalog.read(reader -> find(reader, namespace, references, id));
    catalog.write(
        writer ->
            WriteRequest.once(
                request,
                writer,
                now,
                _ -> "deleted",
                outcome -> outcome,
                () -> {
                  AssetRow row = AssetService.requireRow(writer, namespace, id);
                  if (!force) {
                    references
                        .find(writer, row)
                        .ifPresent(
                            by -> {
                              throw referenced(row, by);
                            });
                  } else if (references.inWorkingStates(writer, row).isPresent()) {
                    removePathsOf(writer, namespace, row, now);
                  }
                  writer
                      .assets()
                      .delete(
                          namespace.number(),
                          new Tombstone(id, row.kind(), row.size(), now, deletedBy, why));
                  writer
                      .events()
                      .append(
                          EventRow.of(
                              namespace.number(),
                              "asset.delete",
                              now,
                              List.of(EventItem.of(id, row.kind(), row.size())),
                              why.isEmpty() ? Map.of() : Map.of("why", why)));
                  return "deleted";
                }));
  }

  /** A path that was removed since is still in the tree below: it would have to be looked for. */
  private void foldIfNamed(NamespaceRow namespace, Digest id) {
    List<Name> changed =
        catalog.read(
            reader ->
                reader.assets().find(namespace.number(), id).filter(AssetRow::named).isEmpty()
                    ? List.of()
                    : reader.working().trees(namespace.number()).stream()
                        .map(WorkingTree::branch)
                        .distinct()
                        .filter(
                            branch ->
                                reader
                                    .tree()
                                    .state(namespace.number(), branch)
                                    .filter(WorkingState::changed)
                                    .isPresent())
                        .toList());
    try {
      for (Name branch : changed) {
        var _ = folding.fold(namespace, branch);
      }
    } catch (AifsException.LimitExceeded | AifsException.Unavailable _) {
      // No room to fold in, and a delete is to make some: then it is looked for the long way.
    }
  }

  private static Optional<String> find(
      CatalogReader reader, NamespaceRow namespace, References references, Digest id) {
    return reader
        .assets()
        .find(namespace.number(), id)
        .flatMap(row -> references.find(reader, row));
  }

  private static void removePathsOf(
      CatalogWriter writer, NamespaceRow namespace, AssetRow row, Instant now) {
    List<AssetPaths.Place> places = places(writer, namespace, row.id());
    while (!places.isEmpty()) {
      Map<Name, List<TreePath>> byBranch =
          places.stream()
              .collect(
                  Collectors.groupingBy(
                      AssetPaths.Place::branch,
                      Collectors.mapping(AssetPaths.Place::path, Collectors.toList())));
      byBranch.forEach(
          (branch, paths) -> {
            var _ = writer.tree().removeAll(namespace.number(), branch, paths);
            var _ = writer.events().append(removed(namespace, branch, row, paths, now));
          });
      places = places(writer, namespace, row.id());
    }
  }

  private static EventRow removed(
      NamespaceRow namespace, Name branch, AssetRow row, List<TreePath> paths, Instant now) {
    EventItem item = EventItem.of(row.id(), row.kind(), row.size());
    return EventRow.of(
        namespace.number(),
        PathChanges.TREE_REMOVE,
        now,
        paths.stream().map(item::at).toList(),
        Map.of(PutEvents.BRANCH, branch.value(), "entries", Integer.toString(paths.size())));
  }

  private static List<AssetPaths.Place> places(
      CatalogWriter writer, NamespaceRow namespace, Digest id) {
    return writer
        .tree()
        .pathsOf(namespace.number(), Set.of(id), PATHS_AT_A_TIME)
        .getOrDefault(id, AssetPaths.NONE)
        .some();
  }

  private static AifsException.Precondition referenced(AssetRow row, String by) {
    return new AifsException.Precondition(
        Reason.ASSET_REFERENCED,
        "asset " + row.id() + " is referenced: " + by,
        "remove the reference first, or delete with force");
  }
}
