package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.AssociationData;
import io.aifs.core.model.ObjectId;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.TimeRange;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssociationPage;
import io.aifs.server.catalog.AssociationRow;
import io.aifs.server.catalog.AssociationTypeRow;
import io.aifs.server.catalog.EdgeRow;
import io.aifs.server.catalog.LineageSide;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Lineage edges as associations of the types {@code made-from} and {@code made-into}: one for each
 * edge, so that two assets have several if several transforms led from one to the other.
 */
final class LineageAssociations {
  private static final Digest LOWEST = Digest.fromBytes(new byte[Digest.BYTES]);

  private final Session session;
  private final long namespace;
  private final int type;
  private final LineageSide side;

  /**
   * @param type one of the two that {@link AssociationTypeRow} names
   */
  LineageAssociations(Session session, long namespace, int type) {
    this.session = session;
    this.namespace = namespace;
    this.type = type;
    this.side = type == AssociationTypeRow.MADE_FROM ? LineageSide.PARENTS : LineageSide.CHILDREN;
  }

  List<AssociationRow> find(ObjectId id1, Collection<ObjectId> id2s, TimeRange times) {
    List<AssociationRow> found = new ArrayList<>();
    if (id1 instanceof ObjectId.Asset(Digest asset)) {
      for (ObjectId id2 : new TreeSet<>(id2s)) {
        if (id2 instanceof ObjectId.Asset(Digest other)) {
          between(asset, other).stream()
              .map(this::row)
              .filter(row -> times.contains(row.timeNanos()))
              .forEach(found::add);
        }
      }
    }
    found.sort(SqliteAssociationReader.NEWEST_FIRST); // stable: transforms stay in their order
    return found;
  }

  private List<EdgeRow> between(Digest asset, Digest other) {
    Digest child = side == LineageSide.PARENTS ? asset : other;
    Digest parent = side == LineageSide.PARENTS ? other : asset;
    return session.list(
        "SELECT transform_name, transform_digest, at FROM edge"
            + " WHERE namespace = ? AND child = ? AND parent = ?"
            + " ORDER BY transform_name, transform_digest",
        row ->
            new EdgeRow(
                child,
                new ParentEdge(parent, row.text(1), row.text(2)),
                Nanos.instant(row.integer(3))),
        namespace,
        child.toBytes(),
        parent.toBytes());
  }

  AssociationPage list(
      ObjectId id1,
      TimeRange times,
      Optional<AssociationPage.Position> before,
      int skip,
      int limit) {
    AssociationPages pages = new AssociationPages(limit);
    if (id1 instanceof ObjectId.Asset(Digest asset)) {
      Optional<EdgeRow> after =
          before
              .filter(position -> position.timeNanos() <= times.highNanos())
              .map(position -> edge(asset, position))
              .or(() -> ahead(asset, times));
      List<EdgeRow> edges =
          new SqliteLineageReader(session)
              .edges(namespace, side, asset, after, Math.addExact(skip, limit + 1));
      for (EdgeRow edge : edges.subList(Math.min(skip, edges.size()), edges.size())) {
        AssociationRow row = row(edge);
        if (row.timeNanos() < times.lowNanos() || !pages.add(row, LineageTail.of(edge.edge()))) {
          break;
        }
      }
    }
    return pages.page();
  }

  /** Ahead of every edge of the latest time that is wanted; empty if any time is. */
  private Optional<EdgeRow> ahead(Digest asset, TimeRange times) {
    return times.highNanos() == Long.MAX_VALUE
        ? Optional.empty()
        : Optional.of(edge(asset, LOWEST, new ParentEdge(LOWEST, "", ""), times.highNanos()));
  }

  private EdgeRow edge(Digest asset, AssociationPage.Position position) {
    Digest other =
        position.id2() instanceof ObjectId.Asset(Digest id) ? id : LOWEST; // made by no one
    return edge(asset, other, LineageTail.read(other, position.tail()), position.timeNanos());
  }

  private EdgeRow edge(Digest asset, Digest other, ParentEdge transform, long timeNanos) {
    boolean up = side == LineageSide.PARENTS;
    ParentEdge edge =
        new ParentEdge(up ? other : asset, transform.transformName(), transform.transformDigest());
    return new EdgeRow(up ? asset : other, edge, Nanos.instant(timeNanos));
  }

  private AssociationRow row(EdgeRow edge) {
    boolean up = side == LineageSide.PARENTS;
    return new AssociationRow(
        new ObjectId.Asset(up ? edge.child() : edge.parent()),
        type,
        new ObjectId.Asset(edge.end(side)),
        Nanos.of(edge.at()),
        AssociationData.of(LineageTail.json(edge.edge())));
  }
}
