package io.aifs.server.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetPaths;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.BranchRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.EdgeRow;
import io.aifs.server.catalog.LineageNode;
import io.aifs.server.catalog.LineageSide;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SnapshotNode;
import io.aifs.server.catalog.TagRow;
import io.aifs.server.engine.tree.TreeNodes;
import io.aifs.server.snapshot.NodeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says what refers to an asset: what a delete would be refused for. Thread-safe. */
public final class WhyService {
  private static final int ROWS_AT_A_TIME = 1_000;

  private final Catalog catalog;
  private final TreeNodes trees;
  private final Pins pins;

  public WhyService(Catalog catalog, TreeNodes trees, Pins pins) {
    this.catalog = catalog;
    this.trees = trees;
    this.pins = pins;
  }

  /**
   * Looks at every working state and snapshot of the namespace.
   *
   * @param limit of paths, of snapshots and of children
   * @throws AifsException.NotFound if the asset was never there
   */
  public KeptBy why(NamespaceRow namespace, Digest id, int limit) {
    return catalog.read(reader -> why(reader, namespace, id, limit));
  }

  private KeptBy why(CatalogReader reader, NamespaceRow namespace, Digest id, int limit) {
    LineageNode node = reader.lineage().nodes(namespace.number(), List.of(id)).get(id);
    if (node == null) {
      throw new AifsException.NotFound(
          Reason.ASSET_NOT_FOUND,
          "asset " + id + " is not in namespace '" + namespace.name() + "'",
          "check the id and the namespace; 'aifs ls' shows what is there");
    }
    Optional<AssetRow> row = reader.assets().find(namespace.number(), id);
    NodeSource nodes = trees.of(namespace.domain());
    AssetPaths paths = paths(reader, namespace.number(), row, nodes, limit);
    // A deleted asset may be named by a snapshot yet: whether a path ever named it is not kept.
    boolean named = row.map(AssetRow::named).orElse(true);
    List<KeptBy.InSnapshot> snapshots =
        new SnapshotSearch(reader, namespace.number(), id, named, nodes).find(limit + 1);
    List<EdgeRow> children = children(reader, namespace.number(), id, limit + 1);
    return new KeptBy(
        node,
        paths.some(),
        first(snapshots, limit),
        first(children, limit),
        paths.count() > paths.some().size() || snapshots.size() > limit || children.size() > limit,
        row.map(AssetRow::unnamed).orElse(false),
        reader.assets().embeddings(namespace.number(), id).size(),
        pins.count(),
        reader.assets().findKept(namespace.number(), id).isPresent());
  }

  private static <T> List<T> first(List<T> found, int limit) {
    return found.subList(0, Math.min(limit, found.size()));
  }

  private static AssetPaths paths(
      CatalogReader reader, long namespace, Optional<AssetRow> row, NodeSource nodes, int limit) {
    if (row.isEmpty()
        || new References(namespace, row.get().id(), nodes)
            .inWorkingStates(reader, row.get())
            .isEmpty()) {
      return AssetPaths.NONE;
    }
    Digest id = row.get().id();
    return reader.tree().pathsOf(namespace, Set.of(id), limit).getOrDefault(id, AssetPaths.NONE);
  }

  /** Deleted children do not hold it. */
  private static List<EdgeRow> children(
      CatalogReader reader, long namespace, Digest id, int limit) {
    List<EdgeRow> found = new ArrayList<>();
    List<EdgeRow> page =
        reader
            .lineage()
            .edges(namespace, LineageSide.CHILDREN, id, Optional.empty(), ROWS_AT_A_TIME);
    while (!page.isEmpty() && found.size() < limit) {
      Set<Digest> visible =
          reader.assets().findAll(namespace, page.stream().map(EdgeRow::child).toList()).keySet();
      page.stream().filter(edge -> visible.contains(edge.child())).forEach(found::add);
      page =
          reader
              .lineage()
              .edges(
                  namespace, LineageSide.CHILDREN, id, Optional.of(page.getLast()), ROWS_AT_A_TIME);
    }
    return first(found, limit);
  }

  /** The snapshots of a namespace that hold one asset. */
  private static final class SnapshotSearch {
    private final CatalogReader reader;
    private final long namespace;
    private final Digest asset;
    private final boolean named;
    private final NodeSource nodes;
    private final TreeSearch search;
    private final Map<TreeRoot, Boolean> unnamed = new HashMap<>();

    SnapshotSearch(
        CatalogReader reader, long namespace, Digest asset, boolean named, NodeSource nodes) {
      this.reader = reader;
      this.namespace = namespace;
      this.asset = asset;
      this.named = named;
      this.nodes = nodes;
      this.search = new TreeSearch(asset, nodes);
    }

    List<KeptBy.InSnapshot> find(int limit) {
      Map<SnapshotId, List<Name>> branches = branches();
      Map<SnapshotId, List<Name>> tags = tags();
      List<KeptBy.InSnapshot> found = new ArrayList<>();
      Optional<SnapshotId> after = Optional.empty();
      boolean more = true;
      while (more && found.size() < limit) {
        Map<SnapshotId, SnapshotRoots> page =
            reader.snapshots().roots(namespace, after, ROWS_AT_A_TIME);
        Map<SnapshotId, SnapshotNode> places = reader.snapshots().nodes(namespace, page.keySet());
        for (Map.Entry<SnapshotId, SnapshotRoots> each : page.entrySet()) {
          SnapshotId id = each.getKey();
          after = Optional.of(id);
          Optional<TreePath> path =
              named ? search.pathIn(each.getValue().paths()) : Optional.empty();
          if (found.size() < limit && (path.isPresent() || holds(each.getValue().unnamed()))) {
            found.add(
                new KeptBy.InSnapshot(
                    id,
                    requireNonNull(places.get(id)).createdAt(),
                    path,
                    branches.getOrDefault(id, List.of()),
                    tags.getOrDefault(id, List.of())));
          }
        }
        more = page.size() == ROWS_AT_A_TIME;
      }
      return found;
    }

    private boolean holds(TreeRoot root) {
      return unnamed.computeIfAbsent(
          root, one -> TreeNodes.view(nodes, one).at(asset.hex().getBytes(UTF_8)).isPresent());
    }

    private Map<SnapshotId, List<Name>> branches() {
      Map<SnapshotId, List<Name>> found = new HashMap<>();
      List<BranchRow> page = reader.refs().branches(namespace, Optional.empty(), ROWS_AT_A_TIME);
      while (!page.isEmpty()) {
        for (BranchRow branch : page) {
          branch
              .head()
              .ifPresent(
                  head -> found.computeIfAbsent(head, _ -> new ArrayList<>()).add(branch.name()));
        }
        page =
            reader.refs().branches(namespace, Optional.of(page.getLast().name()), ROWS_AT_A_TIME);
      }
      return found;
    }

    private Map<SnapshotId, List<Name>> tags() {
      Map<SnapshotId, List<Name>> found = new HashMap<>();
      List<TagRow> page = reader.refs().tags(namespace, Optional.empty(), ROWS_AT_A_TIME);
      while (!page.isEmpty()) {
        for (TagRow tag : page) {
          found.computeIfAbsent(tag.snapshot(), _ -> new ArrayList<>()).add(tag.name());
        }
        page = reader.refs().tags(namespace, Optional.of(page.getLast().name()), ROWS_AT_A_TIME);
      }
      return found;
    }
  }
}
