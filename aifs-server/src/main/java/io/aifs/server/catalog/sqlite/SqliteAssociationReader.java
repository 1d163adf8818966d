package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.AssociationData;
import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.core.model.TimeRange;
import io.aifs.server.catalog.AssociationPage;
import io.aifs.server.catalog.AssociationReader;
import io.aifs.server.catalog.AssociationRow;
import io.aifs.server.catalog.AssociationTypeRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Associations by the key of their table, which is the order of lists. */
class SqliteAssociationReader implements AssociationReader {
  static final Comparator<AssociationRow> NEWEST_FIRST =
      Comparator.comparingLong((AssociationRow row) -> ~row.timeNanos())
          .thenComparing(AssociationRow::id2);

  private static final byte[] BELOW_ALL_IDS = {};

  final Session session;

  SqliteAssociationReader(Session session) {
    this.session = session;
  }

  @Override
  public Optional<AssociationTypeRow> type(long namespace, Name name) {
    return session.first(
        "SELECT number, name, inverse FROM association_type WHERE namespace = ? AND name = ?",
        SqliteAssociationReader::typeRow,
        namespace,
        name.value());
  }

  @Override
  public List<AssociationTypeRow> types(long namespace) {
    return session.list(
        "SELECT number, name, inverse FROM association_type WHERE namespace = ? ORDER BY name",
        SqliteAssociationReader::typeRow,
        namespace);
  }

  static AssociationTypeRow typeRow(Row row) throws SQLException {
    return new AssociationTypeRow(
        (int) row.integer(1), new Name(row.text(2)), (int) row.integer(3));
  }

  @Override
  public List<AssociationRow> find(
      long namespace, ObjectId id1, int type, Collection<ObjectId> id2s, TimeRange times) {
    if (type < AssociationTypeRow.FIRST) {
      return new LineageAssociations(session, namespace, type).find(id1, id2s, times);
    }
    byte[] one = id1.toBytes();
    List<AssociationRow> found = new ArrayList<>();
    for (ObjectId id2 : new TreeSet<>(id2s)) { // in the index's order: neighbours share pages
      session.each(
          "SELECT age, data FROM association"
              + " WHERE namespace = ? AND id1 = ? AND type = ? AND id2 = ?",
          row -> {
            long time = ~row.integer(1);
            if (times.contains(time)) {
              found.add(new AssociationRow(id1, type, id2, time, data(row, 2)));
            }
            return false;
          },
          namespace,
          one,
          type,
          id2.toBytes());
    }
    found.sort(NEWEST_FIRST);
    return found;
  }

  @Override
  public long count(long namespace, ObjectId id1, int type) {
    return session
        .first(
            "SELECT count FROM association_count WHERE namespace = ? AND id1 = ? AND type = ?",
            row -> row.integer(1),
            namespace,
            id1.toBytes(),
            type)
        .orElse(0L);
  }

  @Override
  public AssociationPage list(
      long namespace,
      ObjectId id1,
      int type,
      TimeRange times,
      Optional<AssociationPage.Position> before,
      int skip,
      int limit) {
    if (type < AssociationTypeRow.FIRST) {
      return new LineageAssociations(session, namespace, type)
          .list(id1, times, before, Page.limit(skip), Page.limit(limit));
    }
    AssociationPages pages = new AssociationPages(limit);
    Optional<AssociationPage.Position> place =
        before.filter(position -> position.timeNanos() <= times.highNanos());
    session.each(
        "SELECT age, id2, data FROM association WHERE namespace = ? AND id1 = ? AND type = ?"
            + " AND age <= ? AND (age, id2) > (?, ?) ORDER BY age, id2 LIMIT ? OFFSET ?",
        row ->
            pages.add(
                new AssociationRow(
                    id1, type, ObjectId.fromBytes(row.blob(2)), ~row.integer(1), data(row, 3)),
                ""),
        namespace,
        id1.toBytes(),
        type,
        ~times.lowNanos(),
        ~place.map(AssociationPage.Position::timeNanos).orElse(times.highNanos()),
        place.map(AssociationPage.Position::id2).map(ObjectId::toBytes).orElse(BELOW_ALL_IDS),
        Page.limit(limit) + 1L,
        Page.limit(skip));
    return pages.page();
  }

  private static AssociationData data(Row row, int column) throws SQLException {
    byte[] bytes = row.blob(column);
    return bytes.length == 0 ? AssociationData.EMPTY : new AssociationData(bytes);
  }

  @Override
  public Set<ObjectId> missing(long namespace, Collection<ObjectId> ids) {
    Set<ObjectId> missing = new LinkedHashSet<>();
    for (ObjectId id : new TreeSet<>(ids)) { // in the tables' order
      if (!isThere(namespace, id)) {
        missing.add(id);
      }
    }
    return missing;
  }

  private boolean isThere(long namespace, ObjectId id) {
    return switch (id) {
      case ObjectId.Asset(var asset) ->
          session.exists(
              "SELECT 1 FROM asset WHERE namespace = ? AND id = ?", namespace, asset.toBytes());
      case ObjectId.Snapshot(var snapshot) ->
          session.exists(
              "SELECT 1 FROM snapshot WHERE namespace = ? AND id = ? AND statement IS NOT NULL",
              namespace,
              PackedSnapshotIds.bytes(snapshot));
      case ObjectId.Ref(var name) ->
          session.exists(
              "SELECT 1 FROM branch WHERE namespace = ?1 AND name = ?2 UNION ALL"
                  + " SELECT 1 FROM tag WHERE namespace = ?1 AND name = ?2 AND deleted_at IS NULL",
              namespace,
              name.value());
      case ObjectId.External _ -> true;
    };
  }
}
