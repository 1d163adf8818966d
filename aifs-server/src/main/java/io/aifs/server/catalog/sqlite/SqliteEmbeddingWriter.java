package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.EmbeddingSpace;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.EmbeddingRow.Quarantine;
import io.aifs.server.catalog.EmbeddingWriter;
import io.aifs.server.catalog.SpaceRow;
import org.jspecify.annotations.Nullable;

/** Changes embeddings and their spaces. */
final class SqliteEmbeddingWriter extends SqliteEmbeddingReader implements EmbeddingWriter {
  SqliteEmbeddingWriter(Session session) {
    super(session);
  }

  @Override
  public void putSpace(long namespace, SpaceRow row) {
    EmbeddingSpace space = row.space();
    session.update(
        "INSERT OR REPLACE INTO space"
            + " (namespace, name, dimension, metric, storage, model, created_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        namespace,
        space.name().value(),
        space.dimension(),
        space.metric().code(),
        space.storage().code(),
        space.model(),
        Nanos.of(row.createdAt()));
  }

  @Override
  public void put(long namespace, EmbeddingRow embedding) {
    @Nullable Quarantine quarantine = embedding.quarantine().orElse(null);
    session.update(
        "INSERT OR REPLACE INTO embedding (namespace, "
            + EmbeddingTable.COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        namespace,
        embedding.asset().toBytes(),
        embedding.space(),
        embedding.part(),
        embedding.dimension(),
        embedding.content().toBytes(),
        quarantine == null ? null : quarantine.rule(),
        quarantine == null ? null : Nanos.of(quarantine.since()));
  }

  @Override
  public boolean remove(long namespace, EmbeddingKey key) {
    return session.update(
            "DELETE FROM embedding WHERE namespace = ? AND asset = ? AND space = ? AND part = ?",
            namespace,
            key.asset().toBytes(),
            key.space(),
            key.part())
        > 0;
  }
}
