package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.AssetWriter;
import io.aifs.server.catalog.AssociationWriter;
import io.aifs.server.catalog.AuditWriter;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.CollectionWriter;
import io.aifs.server.catalog.DamageWriter;
import io.aifs.server.catalog.EmbeddingWriter;
import io.aifs.server.catalog.EventWriter;
import io.aifs.server.catalog.JournalWriter;
import io.aifs.server.catalog.KeptRequest;
import io.aifs.server.catalog.LedgerWriter;
import io.aifs.server.catalog.NamespaceWriter;
import io.aifs.server.catalog.PolicyWriter;
import io.aifs.server.catalog.RefWriter;
import io.aifs.server.catalog.RequestKey;
import io.aifs.server.catalog.SnapshotWriter;
import io.aifs.server.catalog.StagingWriter;
import io.aifs.server.catalog.TokenWriter;
import io.aifs.server.catalog.TreeWriter;
import io.aifs.server.catalog.WorkingWriter;
import io.aifs.server.catalog.layer.TreeBase;
import java.util.Optional;

/** The topics of a session that writes. */
final class SqliteWriter extends SqliteReader implements CatalogWriter {
  /** More than the one that each call adds, so that old ones run out. */
  private static final int FORGOTTEN_MAX = 64;

  SqliteWriter(Session session, TreeBase base) {
    super(session, base);
  }

  @Override
  public NamespaceWriter namespaces() {
    return new SqliteNamespaceWriter(session);
  }

  @Override
  public AssetWriter assets() {
    return new SqliteAssetWriter(session, base);
  }

  @Override
  public TreeWriter tree() {
    return new SqliteTreeWriter(session, base);
  }

  @Override
  public WorkingWriter working() {
    return new SqliteWorkingWriter(session);
  }

  @Override
  public EventWriter events() {
    return new SqliteEventWriter(session);
  }

  @Override
  public LedgerWriter ledger() {
    return new SqliteLedgerWriter(session);
  }

  @Override
  public JournalWriter journal() {
    return new SqliteJournalWriter(session);
  }

  @Override
  public DamageWriter damage() {
    return new SqliteDamageWriter(session);
  }

  @Override
  public CollectionWriter collection() {
    return new SqliteCollectionWriter(session);
  }

  @Override
  public SnapshotWriter snapshots() {
    return new SqliteSnapshotWriter(session);
  }

  @Override
  public RefWriter refs() {
    return new SqliteRefWriter(session);
  }

  @Override
  public AssociationWriter associations() {
    return new SqliteAssociationWriter(session);
  }

  @Override
  public StagingWriter staging() {
    return new SqliteStagingWriter(session);
  }

  @Override
  public PolicyWriter policies() {
    return new SqlitePolicyWriter(session);
  }

  @Override
  public TokenWriter tokens() {
    return new SqliteTokenWriter(session);
  }

  @Override
  public AuditWriter audit() {
    return new SqliteAuditWriter(session);
  }

  @Override
  public EmbeddingWriter embeddings() {
    return new SqliteEmbeddingWriter(session);
  }

  @Override
  public void setStoreId(String storeId) {
    Optional<String> known = storeId();
    if (known.isPresent() && !known.get().equals(storeId)) {
      throw new IllegalStateException("the catalog belongs to store " + known.get());
    }
    session.update(
        "INSERT INTO setting (name, value) VALUES ('store_id', ?) ON CONFLICT DO NOTHING", storeId);
  }

  @Override
  public void keepRequest(RequestKey key, KeptRequest outcome, long forgetBeforeMicros) {
    session.update(
        "DELETE FROM request WHERE (scope, method, request_id) IN"
            + " (SELECT scope, method, request_id FROM request"
            + " WHERE at_micros < ? ORDER BY at_micros LIMIT ?)",
        forgetBeforeMicros,
        FORGOTTEN_MAX);
    session.update(
        "INSERT INTO request (scope, method, request_id, digest, outcome, at_micros)"
            + " VALUES (?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (scope, method, request_id) DO UPDATE SET"
            + " digest = excluded.digest, outcome = excluded.outcome,"
            + " at_micros = excluded.at_micros",
        key.scope(),
        key.method(),
        key.requestId(),
        outcome.request().toBytes(),
        outcome.outcome(),
        outcome.atMicros());
  }
}
