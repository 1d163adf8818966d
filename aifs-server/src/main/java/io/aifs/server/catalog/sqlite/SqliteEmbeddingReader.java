package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.Name;
import io.aifs.core.model.VectorMetric;
import io.aifs.core.model.VectorStorage;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.EmbeddingReader;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.SpaceRow;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Reads embeddings and their spaces. */
class SqliteEmbeddingReader implements EmbeddingReader {
  private static final String SPACE =
      "SELECT name, dimension, metric, model, storage, created_at FROM space WHERE namespace = ?";

  private static final String EMBEDDING =
      "SELECT " + EmbeddingTable.COLUMNS + " FROM embedding WHERE namespace = ?";

  /** Rows after a key, which is also their order. */
  private static final String AFTER = " AND (asset, space, part) > (?, ?, ?)";

  private static final String IN_ORDER = " ORDER BY asset, space, part LIMIT ?";

  final Session session;

  SqliteEmbeddingReader(Session session) {
    this.session = session;
  }

  @Override
  public Optional<SpaceRow> space(long namespace, String name) {
    return session.first(SPACE + " AND name = ?", SqliteEmbeddingReader::spaceRow, namespace, name);
  }

  @Override
  public List<SpaceRow> spaces(long namespace) {
    return session.list(SPACE + " ORDER BY name", SqliteEmbeddingReader::spaceRow, namespace);
  }

  @Override
  public Map<Digest, List<EmbeddingRow>> ofAll(long namespace, Collection<Digest> assets) {
    Map<Digest, List<EmbeddingRow>> found = new HashMap<>();
    for (Digest asset : new TreeSet<>(assets)) { // in the table's order: neighbours share pages
      List<EmbeddingRow> rows =
          session.list(
              EMBEDDING + " AND asset = ? ORDER BY space, part",
              EmbeddingTable::row,
              namespace,
              asset.toBytes());
      if (!rows.isEmpty()) {
        found.put(asset, rows);
      }
    }
    return found;
  }

  @Override
  public Optional<EmbeddingRow> find(long namespace, EmbeddingKey key) {
    return session.first(
        EMBEDDING + " AND asset = ? AND space = ? AND part = ?",
        EmbeddingTable::row,
        namespace,
        key.asset().toBytes(),
        key.space(),
        key.part());
  }

  @Override
  public List<EmbeddingRow> inSpace(
      long namespace, String space, Optional<EmbeddingKey> after, int limit) {
    return session.list(
        EMBEDDING + AFTER + " AND space = ?" + IN_ORDER,
        EmbeddingTable::row,
        namespace,
        assetOf(after),
        after.map(EmbeddingKey::space).orElse(""),
        after.map(EmbeddingKey::part).orElse(""),
        space,
        Page.limit(limit));
  }

  @Override
  public Counts count(long namespace, String space) {
    return session
        .first(
            "SELECT count(*), count(rule) FROM embedding WHERE namespace = ? AND space = ?",
            row -> new Counts(row.integer(1) - row.integer(2), row.integer(2)),
            namespace,
            space)
        .orElse(Counts.NONE);
  }

  @Override
  public Map<String, Counts> counts(long namespace) {
    Map<String, Counts> counts = new HashMap<>();
    session.each(
        "SELECT space, count(*), count(rule) FROM embedding WHERE namespace = ? GROUP BY space",
        row -> {
          counts.put(row.text(1), new Counts(row.integer(2) - row.integer(3), row.integer(3)));
          return true;
        },
        namespace);
    return counts;
  }

  @Override
  public int count(long namespace, Digest asset, String space) {
    return session
        .first(
            "SELECT count(*) FROM embedding WHERE namespace = ? AND asset = ? AND space = ?",
            row -> (int) row.integer(1),
            namespace,
            asset.toBytes(),
            space)
        .orElse(0);
  }

  @Override
  public List<EmbeddingRow> quarantined(long namespace, Optional<EmbeddingKey> after, int limit) {
    return session.list(
        "SELECT "
            + EmbeddingTable.COLUMNS
            + " FROM embedding INDEXED BY embedding_in_quarantine"
            + " WHERE namespace = ? AND rule IS NOT NULL"
            + AFTER
            + IN_ORDER,
        EmbeddingTable::row,
        namespace,
        assetOf(after),
        after.map(EmbeddingKey::space).orElse(""),
        after.map(EmbeddingKey::part).orElse(""),
        Page.limit(limit));
  }

  /** Before all assets if there is none. */
  private static byte[] assetOf(Optional<EmbeddingKey> key) {
    return key.map(EmbeddingKey::asset).map(Digest::toBytes).orElse(new byte[0]);
  }

  private static SpaceRow spaceRow(Row row) throws SQLException {
    return new SpaceRow(
        new EmbeddingSpace(
            new Name(row.text(1)),
            (int) row.integer(2),
            VectorMetric.ofCode((int) row.integer(3)),
            row.text(4),
            VectorStorage.ofCode((int) row.integer(5))),
        Nanos.instant(row.integer(6)));
  }
}
