package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.AssetKind;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Rows of table {@code asset}. */
final class AssetTable {
  private static final String SELECT =
      "SELECT id, kind, size, created_at, born_at, unnamed, path_count, manifest, metadata"
          + " FROM asset WHERE namespace = ?";
  private static final String INSERT =
      "INSERT INTO asset (kind, size, created_at, born_at, unnamed, manifest, metadata,"
          + " path_count, namespace, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT DO NOTHING";
  private static final String REPLACE =
      "UPDATE asset SET kind = ?, size = ?, created_at = ?, born_at = ?, unnamed = ?,"
          + " manifest = ?, metadata = ? WHERE namespace = ? AND id = ?";

  private final Session session;

  AssetTable(Session session) {
    this.session = session;
  }

  Optional<AssetRow> find(long namespace, byte[] id) {
    return session.first(SELECT + " AND id = ?", AssetTable::asset, namespace, id);
  }

  /** Whether there is such an asset and that event made it visible. */
  boolean isBornAt(long namespace, byte[] id, long sequence) {
    return session.exists(
        "SELECT 1 FROM asset WHERE namespace = ? AND id = ? AND born_at = ?",
        namespace,
        id,
        sequence);
  }

  /** Ids greater than {@code after}, in order. */
  List<AssetRow> listAfter(long namespace, byte[] after, int limit) {
    return session.list(
        SELECT + " AND id > ? ORDER BY id LIMIT ?", AssetTable::asset, namespace, after, limit);
  }

  /** Shows the ids greater than {@code after} up to {@code last}, in order, while it is wanted. */
  void eachBetween(long namespace, byte[] after, byte[] last, Predicate<AssetRow> wantsMore) {
    session.each(
        SELECT + " AND id > ? AND id <= ? ORDER BY id",
        row -> wantsMore.test(asset(row)),
        namespace,
        after,
        last);
  }

  /** Returns false, changing nothing, if there is a row already. */
  boolean insert(long namespace, AssetRow row) {
    return session.update(
            INSERT,
            row.kind().code(),
            row.size(),
            Nanos.of(row.createdAt()),
            row.bornAt(),
            row.unnamed(),
            row.manifest().length == 0 ? null : row.manifest(),
            MetadataCodec.encode(row.metadata()),
            row.named(),
            namespace,
            row.id().toBytes())
        == 1;
  }

  /** Leaves as it is whether a path names or named it. */
  void replace(long namespace, AssetRow row) {
    session.update(
        REPLACE,
        row.kind().code(),
        row.size(),
        Nanos.of(row.createdAt()),
        row.bornAt(),
        row.unnamed(),
        row.manifest().length == 0 ? null : row.manifest(),
        MetadataCodec.encode(row.metadata()),
        namespace,
        row.id().toBytes());
  }

  private static AssetRow asset(Row row) throws SQLException {
    Digest id = row.digest(1);
    return new AssetRow(
        id,
        AssetKind.ofCode((int) row.integer(2)),
        row.integer(3),
        Nanos.instant(row.integer(4)),
        row.integer(5),
        row.flag(6),
        row.flag(7),
        row.blob(8),
        MetadataCodec.decode(row.blob(9)));
  }
}
