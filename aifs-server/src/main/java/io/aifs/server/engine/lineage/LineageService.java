package io.aifs.server.engine.lineage;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.EdgeRow;
import io.aifs.server.catalog.LineageNode;
import io.aifs.server.catalog.LineageSide;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.WriteRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Records lineage and walks it. Deleted assets stay in it. Thread-safe. */
public final class LineageService {
  /** Edges that one search for a path looks at. */
  private static final long PATH_EDGES_MAX = 1_000_000;

  private final Catalog catalog;
  private final Clock clock;

  public LineageService(Catalog catalog, Clock clock) {
    this.catalog = catalog;
    this.clock = clock;
  }

  /**
   * Records what assets were made from, all of it or none; edges that are there already stay.
   *
   * @throws AifsException.NotFound if a child is not visible in the namespace
   * @throws AifsException.Precondition if a parent is not, an asset would be its own ancestor, or
   *     have too many parents
   */
  public LineageCommit.Outcome addParents(
      NamespaceRow namespace, List<NewParents> children, Optional<WriteRequest> request) {
    Instant now = clock.instant();
    LineageCommit commit = new LineageCommit(namespace, children, now);
    return catalog.write(
        writer ->
            WriteRequest.once(
                request,
                writer,
                now,
                outcome -> outcome.added() + " " + outcome.version(),
                LineageService::outcome,
                () -> commit.applyTo(writer)));
  }

  private static LineageCommit.Outcome outcome(String text) {
    int space = text.indexOf(' ');
    return new LineageCommit.Outcome(
        Integer.parseInt(text.substring(0, space)), Long.parseLong(text.substring(space + 1)));
  }

  /**
   * Walks from an asset, visible or deleted, and gives out pages on the way.
   *
   * @return the limits that cut it
   * @throws AifsException.NotFound if the asset was never there
   */
  public Set<LineageLimit> traverse(
      NamespaceRow namespace, TraverseOrder order, Consumer<LineagePage> pages) {
    LineageNode start = known(require(namespace, List.of(order.start())), order.start());
    return new Traversal(catalog, namespace.number(), order, pages).run(start);
  }

  /**
   * A shortest chain of edges between two assets, one of which descends from the other.
   *
   * @throws AifsException.NotFound if one of them was never there
   */
  public FoundPath path(NamespaceRow namespace, Digest from, Digest to) {
    var _ = require(namespace, List.of(from, to));
    PathSearch search = new PathSearch(catalog, namespace.number(), PATH_EDGES_MAX);
    Optional<List<EdgeRow>> up = search.up(from, to);
    if (up.isPresent()) {
      return new FoundPath(
          Optional.of(path(namespace, from, LineageSide.PARENTS, up.get())), search.cut());
    }
    PathSearch other = new PathSearch(catalog, namespace.number(), PATH_EDGES_MAX);
    Optional<List<EdgeRow>> down = other.up(to, from);
    return new FoundPath(
        down.map(edges -> path(namespace, from, LineageSide.CHILDREN, edges.reversed())),
        search.cut() || other.cut());
  }

  private FoundPath.Path path(
      NamespaceRow namespace, Digest from, LineageSide side, List<EdgeRow> edges) {
    List<Digest> ids = new ArrayList<>();
    ids.add(from);
    edges.forEach(edge -> ids.add(edge.end(side)));
    Map<Digest, LineageNode> nodes = require(namespace, ids);
    return new FoundPath.Path(side, ids.stream().map(id -> known(nodes, id)).toList(), edges);
  }

  private Map<Digest, LineageNode> require(NamespaceRow namespace, List<Digest> ids) {
    Map<Digest, LineageNode> nodes =
        catalog.read(reader -> reader.lineage().nodes(namespace.number(), ids));
    for (Digest id : ids) {
      if (!nodes.containsKey(id)) {
        throw new AifsException.NotFound(
            Reason.ASSET_NOT_FOUND,
            "asset " + id + " is not in namespace '" + namespace.name() + "'",
            "check the id and the namespace; 'aifs ls' shows what is there");
      }
    }
    return nodes;
  }

  /**
   * What is known of an end of an edge.
   *
   * @throws AifsException.Corrupt if it is nothing
   */
  static LineageNode known(Map<Digest, LineageNode> nodes, Digest id) {
    LineageNode node = nodes.get(id);
    if (node == null) {
      throw new AifsException.Corrupt(
          Reason.CATALOG_DAMAGED,
          "an edge names asset " + id + ", which is neither visible nor deleted",
          "run 'aifs fsck'");
    }
    return node;
  }
}
