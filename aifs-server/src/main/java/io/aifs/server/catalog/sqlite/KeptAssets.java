package io.aifs.server.catalog.sqlite;

import io.aifs.crypto.Digest;
import io.aifs.server.catalog.KeptAsset;
import java.util.Optional;

/** What deleted assets need to come back: moved here when they go, and back when they return. */
final class KeptAssets {
  private final Session session;

  KeptAssets(Session session) {
    this.session = session;
  }

  /** Keeps a visible asset that is about to be deleted, with its embeddings. */
  void keep(long namespace, byte[] id) {
    forget(namespace, id);
    session.update(
        "INSERT INTO kept_asset (namespace, id, sequence, created_at, unnamed, manifest, metadata)"
            + " SELECT namespace, id, (SELECT value FROM counter WHERE name = 'event'),"
            + " created_at, unnamed, manifest, metadata FROM asset WHERE namespace = ? AND id = ?",
        namespace,
        id);
    session.update(
        "INSERT INTO kept_embedding (namespace, "
            + EmbeddingTable.COLUMNS
            + ") SELECT namespace, "
            + EmbeddingTable.COLUMNS
            + " FROM embedding WHERE namespace = ? AND asset = ?",
        namespace,
        id);
  }

  Optional<KeptAsset> find(long namespace, Digest id) {
    return session.first(
        "SELECT t.size, k.manifest FROM kept_asset k JOIN tombstone t"
            + " ON t.namespace = k.namespace AND t.id = k.id"
            + " WHERE k.namespace = ? AND k.id = ?",
        row ->
            new KeptAsset(
                id,
                row.integer(1),
                row.blob(2),
                session.list(
                    "SELECT "
                        + EmbeddingTable.COLUMNS
                        + " FROM kept_embedding"
                        + " WHERE namespace = ? AND asset = ? ORDER BY space, part",
                    EmbeddingTable::row,
                    namespace,
                    id.toBytes())),
        namespace,
        id.toBytes());
  }

  /** Makes a kept asset visible again; returns its size, empty if it is not kept. */
  Optional<Long> restore(long namespace, byte[] id, long bornAt) {
    long restored =
        session.update(
            "INSERT INTO asset (namespace, id, kind, size, created_at, born_at, unnamed,"
                + " path_count, manifest, metadata)"
                + " SELECT k.namespace, k.id, t.kind, t.size, k.created_at, ?,"
                + " 1, t.path_count, k.manifest, k.metadata"
                + " FROM kept_asset k JOIN tombstone t"
                + " ON t.namespace = k.namespace AND t.id = k.id"
                + " WHERE k.namespace = ? AND k.id = ?",
            bornAt,
            namespace,
            id);
    if (restored == 0) {
      return Optional.empty();
    }
    session.update(
        "INSERT INTO embedding (namespace, "
            + EmbeddingTable.COLUMNS
            + ") SELECT namespace, "
            + EmbeddingTable.COLUMNS
            + " FROM kept_embedding WHERE namespace = ? AND asset = ?",
        namespace,
        id);
    session.update("DELETE FROM tombstone WHERE namespace = ? AND id = ?", namespace, id);
    forget(namespace, id);
    return session.first(
        "SELECT size FROM asset WHERE namespace = ? AND id = ?",
        row -> row.integer(1),
        namespace,
        id);
  }

  void forget(long namespace, byte[] id) {
    session.update("DELETE FROM kept_asset WHERE namespace = ? AND id = ?", namespace, id);
    session.update("DELETE FROM kept_embedding WHERE namespace = ? AND asset = ?", namespace, id);
  }

  /** Forgets those deleted before an event, at most {@code limit}; returns how many. */
  long forgetBefore(long namespace, long sequence, int limit) {
    session.update(
        "DELETE FROM kept_embedding WHERE namespace = ? AND asset IN"
            + " (SELECT id FROM kept_asset WHERE namespace = ? AND sequence < ?"
            + " ORDER BY sequence, id LIMIT ?)",
        namespace,
        namespace,
        sequence,
        limit);
    return session.update(
        "DELETE FROM kept_asset WHERE (namespace, id) IN"
            + " (SELECT namespace, id FROM kept_asset WHERE namespace = ? AND sequence < ?"
            + " ORDER BY sequence, id LIMIT ?)",
        namespace,
        sequence,
        limit);
  }
}
