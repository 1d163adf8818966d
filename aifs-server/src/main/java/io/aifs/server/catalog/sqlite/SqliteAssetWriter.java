package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.ObjectId;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.AssetWriter;
import io.aifs.server.catalog.AssociationTypeRow;
import io.aifs.server.catalog.Tombstone;
import io.aifs.server.catalog.layer.TreeBase;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Changes assets, and the totals of their namespace with them. */
final class SqliteAssetWriter extends SqliteAssetReader implements AssetWriter {
  private final TreeBase base;

  SqliteAssetWriter(Session session, TreeBase base) {
    super(session);
    this.base = base;
  }

  @Override
  public void putAll(long namespace, Collection<AssetRow> rows) {
    // In the table's order: neighbours share pages.
    List<AssetRow> sorted = rows.stream().sorted(Comparator.comparing(AssetRow::id)).toList();
    boolean anyDeleted =
        session.exists("SELECT 1 FROM tombstone WHERE namespace = ? LIMIT 1", namespace);
    long assets = 0;
    long bytes = 0;
    for (AssetRow row : sorted) {
      if (table.insert(namespace, row)) {
        if (anyDeleted) {
          liftTombstone(namespace, row.id().toBytes());
        }
        assets++;
        bytes += row.size();
      } else {
        bytes += row.size() - sizeOf(namespace, row.id().toBytes()).orElseThrow();
        table.replace(namespace, row);
      }
    }
    addToTotals(namespace, assets, bytes);
    var _ = joinUnnamed(namespace, sorted.stream().filter(AssetRow::unnamed).toList());
  }

  @Override
  public boolean joinUnnamed(long namespace, Collection<AssetRow> rows) {
    return !rows.isEmpty()
        && UnnamedPart.find(session, base, namespace).filter(part -> part.putAll(rows)).isPresent();
  }

  @Override
  public int addParents(long namespace, Digest child, Collection<ParentEdge> parents, Instant at) {
    AssociationCounts counts = new AssociationCounts(session, namespace);
    byte[] childId = new ObjectId.Asset(child).toBytes();
    int added = 0;
    for (ParentEdge edge : parents) {
      long inserted =
          session.update(
              "INSERT INTO edge (namespace, child, parent, transform_name, transform_digest, at)"
                  + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
              namespace,
              child.toBytes(),
              edge.parent().toBytes(),
              edge.transformName(),
              edge.transformDigest(),
              Nanos.of(at));
      counts.add(
          new ObjectId.Asset(edge.parent()).toBytes(), AssociationTypeRow.MADE_INTO, inserted);
      added += (int) inserted;
    }
    counts.add(childId, AssociationTypeRow.MADE_FROM, added);
    counts.write();
    return added;
  }

  @Override
  public void delete(long namespace, Tombstone tombstone) {
    byte[] id = tombstone.id().toBytes();
    Optional<AssetRow> row = table.find(namespace, id);
    // Paths that name the asset stay: they are counted here until it is put again.
    session.update(
        "INSERT INTO tombstone (namespace, id, kind, size, deleted_at, deleted_by, why, path_count)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (namespace, id) DO UPDATE SET"
            + " kind = excluded.kind, size = excluded.size, deleted_at = excluded.deleted_at,"
            + " deleted_by = excluded.deleted_by, why = excluded.why",
        namespace,
        id,
        tombstone.kind().code(),
        tombstone.size(),
        Nanos.of(tombstone.deletedAt()),
        tombstone.deletedBy(),
        tombstone.why(),
        row.map(AssetRow::named).orElse(false));
    if (row.isPresent()) {
      if (row.get().unnamed()) {
        UnnamedPart.find(session, base, namespace).ifPresent(part -> part.remove(tombstone.id()));
      }
      new KeptAssets(session).keep(namespace, id);
      session.update("DELETE FROM embedding WHERE namespace = ? AND asset = ?", namespace, id);
      session.update("DELETE FROM asset WHERE namespace = ? AND id = ?", namespace, id);
      addToTotals(namespace, -1, -row.get().size());
    }
  }

  @Override
  public boolean revive(long namespace, Digest id, long bornAt) {
    Optional<Long> size = new KeptAssets(session).restore(namespace, id.toBytes(), bornAt);
    size.ifPresent(bytes -> addToTotals(namespace, 1, bytes));
    table
        .find(namespace, id.toBytes())
        .filter(_ -> size.isPresent())
        .ifPresent(row -> joinUnnamed(namespace, List.of(row)));
    return size.isPresent();
  }

  @Override
  public long forgetKept(long namespace, long beforeSequence, int limit) {
    return new KeptAssets(session).forgetBefore(namespace, beforeSequence, limit);
  }

  private void liftTombstone(long namespace, byte[] id) {
    Optional<Long> paths =
        session.first(
            "SELECT path_count FROM tombstone WHERE namespace = ? AND id = ?",
            row -> row.integer(1),
            namespace,
            id);
    if (paths.isPresent()) {
      session.update("DELETE FROM tombstone WHERE namespace = ? AND id = ?", namespace, id);
      new KeptAssets(session).forget(namespace, id);
      session.update(
          "UPDATE asset SET path_count = ? WHERE namespace = ? AND id = ?",
          paths.get(),
          namespace,
          id);
    }
  }

  private Optional<Long> sizeOf(long namespace, byte[] id) {
    return session.first(
        "SELECT size FROM asset WHERE namespace = ? AND id = ?",
        row -> row.integer(1),
        namespace,
        id);
  }

  private void addToTotals(long namespace, long assets, long bytes) {
    if (assets == 0 && bytes == 0) {
      return;
    }
    long changed =
        session.update(
            "UPDATE namespace_total SET assets = assets + ?, content_bytes = content_bytes + ?"
                + " WHERE namespace = ?",
            assets,
            bytes,
            namespace);
    if (changed != 1) {
      throw new IllegalStateException("no such namespace: " + namespace);
    }
  }
}
