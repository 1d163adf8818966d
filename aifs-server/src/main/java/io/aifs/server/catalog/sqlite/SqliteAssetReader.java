package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetPage;
import io.aifs.server.catalog.AssetReader;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.AssetTotals;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.KeptAsset;
import io.aifs.server.catalog.Tombstone;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Assets and what hangs on them. */
class SqliteAssetReader implements AssetReader {
  final Session session;
  final AssetTable table;

  SqliteAssetReader(Session session) {
    this.session = session;
    this.table = new AssetTable(session);
  }

  @Override
  public Optional<AssetRow> find(long namespace, Digest id) {
    return table.find(namespace, id.toBytes());
  }

  @Override
  public Map<Digest, AssetRow> findAll(long namespace, Collection<Digest> ids) {
    Map<Digest, AssetRow> found = new HashMap<>();
    for (Digest id : new TreeSet<>(ids)) { // in the table's order: neighbours share pages
      find(namespace, id).ifPresent(row -> found.put(id, row));
    }
    return found;
  }

  @Override
  public List<AssetRow> listById(long namespace, Optional<Digest> after, int limit) {
    return table.listAfter(
        namespace, after.map(Digest::toBytes).orElse(new byte[0]), Page.limit(limit));
  }

  @Override
  public AssetPage listNewest(
      long namespace, Optional<AssetPage.Position> before, int skip, int limit) {
    return new NewestAssets(session, namespace).page(before, skip, Page.limit(limit));
  }

  @Override
  public Optional<Tombstone> findTombstone(long namespace, Digest id) {
    return session.first(
        "SELECT kind, size, deleted_at, deleted_by, why FROM tombstone"
            + " WHERE namespace = ? AND id = ?",
        row ->
            new Tombstone(
                id,
                AssetKind.ofCode((int) row.integer(1)),
                row.integer(2),
                Nanos.instant(row.integer(3)),
                row.text(4),
                row.text(5)),
        namespace,
        id.toBytes());
  }

  @Override
  public Optional<KeptAsset> findKept(long namespace, Digest id) {
    return new KeptAssets(session).find(namespace, id);
  }

  @Override
  public List<ParentEdge> parents(long namespace, Digest child) {
    return session.list(
        "SELECT parent, transform_name, transform_digest FROM edge"
            + " WHERE namespace = ? AND child = ?"
            + " ORDER BY parent, transform_name, transform_digest",
        row -> new ParentEdge(row.digest(1), row.text(2), row.text(3)),
        namespace,
        child.toBytes());
  }

  @Override
  public List<Digest> children(long namespace, Digest parent, int limit) {
    return session.list(
        "SELECT DISTINCT child FROM edge WHERE namespace = ? AND parent = ?"
            + " AND EXISTS (SELECT 1 FROM asset"
            + " WHERE asset.namespace = edge.namespace AND asset.id = edge.child)"
            + " ORDER BY child LIMIT ?",
        row -> row.digest(1),
        namespace,
        parent.toBytes(),
        Page.limit(limit));
  }

  @Override
  public List<EmbeddingRow> embeddings(long namespace, Digest asset) {
    return session.list(
        "SELECT space, dimension, content FROM embedding"
            + " WHERE namespace = ? AND asset = ? ORDER BY space",
        row -> new EmbeddingRow(asset, row.text(1), (int) row.integer(2), row.digest(3)),
        namespace,
        asset.toBytes());
  }

  @Override
  public List<EmbeddingRow> embeddingsBetween(long namespace, Optional<Digest> after, Digest last) {
    return session.list(
        "SELECT asset, space, dimension, content FROM embedding"
            + " WHERE namespace = ? AND asset > ? AND asset <= ? ORDER BY asset, space",
        row -> new EmbeddingRow(row.digest(1), row.text(2), (int) row.integer(3), row.digest(4)),
        namespace,
        after.map(Digest::toBytes).orElse(new byte[0]),
        last.toBytes());
  }

  @Override
  public List<Digest> findByPrefix(long namespace, String hexPrefix, int limit) {
    if (!hexPrefix.matches("[0-9a-f]{8,64}")) {
      throw new IllegalArgumentException("prefix is not 8 to 64 lower-case hex digits");
    }
    int missing = 2 * Digest.BYTES - hexPrefix.length();
    return session.list(
        "SELECT id FROM asset WHERE namespace = ? AND id BETWEEN ? AND ? ORDER BY id LIMIT ?",
        row -> row.digest(1),
        namespace,
        Digest.parse(hexPrefix + "0".repeat(missing)).toBytes(),
        Digest.parse(hexPrefix + "f".repeat(missing)).toBytes(),
        Page.limit(limit));
  }

  @Override
  public AssetTotals totals(long namespace) {
    return session
        .first(
            "SELECT assets, content_bytes FROM namespace_total WHERE namespace = ?",
            row -> new AssetTotals(row.integer(1), row.integer(2)),
            namespace)
        .orElse(new AssetTotals(0, 0));
  }
}
