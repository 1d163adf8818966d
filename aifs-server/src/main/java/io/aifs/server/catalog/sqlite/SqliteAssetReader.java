package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.AssetFilter;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetPage;
import io.aifs.server.catalog.AssetReader;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.AssetTotals;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.KeptAsset;
import io.aifs.server.catalog.Tombstone;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  public AssetPage list(
      long namespace, AssetFilter filter, Optional<AssetPage.Position> after, int skip, int limit) {
    return filter.idPrefix().isPresent()
        ? new AssetsByPrefix(table, namespace, filter).page(after, skip, Page.limit(limit))
        : new NewestAssets(session, namespace, filter).page(after, skip, Page.limit(limit));
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
    Set<Digest> found = new LinkedHashSet<>();
    if (Page.limit(limit) > 0) {
      session.each(
          "SELECT child FROM edge WHERE namespace = ? AND parent = ?"
              + " AND EXISTS (SELECT 1 FROM asset"
              + " WHERE asset.namespace = edge.namespace AND asset.id = edge.child)"
              + " ORDER BY at DESC, child",
          row -> {
            found.add(row.digest(1));
            return found.size() < limit;
          },
          namespace,
          parent.toBytes());
    }
    return List.copyOf(found);
  }

  @Override
  public List<EmbeddingRow> embeddings(long namespace, Digest asset) {
    return session.list(
        "SELECT "
            + EmbeddingTable.COLUMNS
            + " FROM embedding WHERE namespace = ? AND asset = ? ORDER BY space, part",
        EmbeddingTable::row,
        namespace,
        asset.toBytes());
  }

  @Override
  public List<EmbeddingRow> embeddingsAfter(
      long namespace, Optional<EmbeddingKey> after, int limit) {
    return session.list(
        "SELECT "
            + EmbeddingTable.COLUMNS
            + " FROM embedding WHERE namespace = ? AND (asset, space, part) > (?, ?, ?)"
            + " ORDER BY asset, space, part LIMIT ?",
        EmbeddingTable::row,
        namespace,
        after.map(key -> key.asset().toBytes()).orElse(new byte[0]),
        after.map(EmbeddingKey::space).orElse(""),
        after.map(EmbeddingKey::part).orElse(""),
        Page.limit(limit));
  }

  @Override
  public List<Digest> findByPrefix(long namespace, String hexPrefix, int limit) {
    if (!hexPrefix.matches("[0-9a-f]{8,64}")) {
      throw new IllegalArgumentException("prefix is not 8 to 64 lower-case hex digits");
    }
    return session.list(
        "SELECT id FROM asset WHERE namespace = ? AND id BETWEEN ? AND ? ORDER BY id LIMIT ?",
        row -> row.digest(1),
        namespace,
        AssetsByPrefix.padded(hexPrefix, '0').toBytes(),
        AssetsByPrefix.padded(hexPrefix, 'f').toBytes(),
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
