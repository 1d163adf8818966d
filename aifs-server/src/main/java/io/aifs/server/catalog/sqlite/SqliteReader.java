package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.AssetReader;
import io.aifs.server.catalog.AssociationReader;
import io.aifs.server.catalog.AuditReader;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CollectionReader;
import io.aifs.server.catalog.DamageReader;
import io.aifs.server.catalog.EmbeddingReader;
import io.aifs.server.catalog.EventReader;
import io.aifs.server.catalog.JournalReader;
import io.aifs.server.catalog.KeptRequest;
import io.aifs.server.catalog.LedgerReader;
import io.aifs.server.catalog.LineageReader;
import io.aifs.server.catalog.NamespaceReader;
import io.aifs.server.catalog.PolicyReader;
import io.aifs.server.catalog.RefReader;
import io.aifs.server.catalog.RequestKey;
import io.aifs.server.catalog.SnapshotReader;
import io.aifs.server.catalog.StagingReader;
import io.aifs.server.catalog.TokenReader;
import io.aifs.server.catalog.TreeReader;
import io.aifs.server.catalog.WorkingReader;
import io.aifs.server.catalog.layer.TreeBase;
import java.util.Optional;

/** The topics of one session. */
class SqliteReader implements CatalogReader {
  final Session session;
  final TreeBase base;

  SqliteReader(Session session, TreeBase base) {
    this.session = session;
    this.base = base;
  }

  @Override
  public Optional<String> storeId() {
    return session.first("SELECT value FROM setting WHERE name = 'store_id'", row -> row.text(1));
  }

  @Override
  public NamespaceReader namespaces() {
    return new SqliteNamespaceReader(session);
  }

  @Override
  public AssetReader assets() {
    return new SqliteAssetReader(session);
  }

  @Override
  public TreeReader tree() {
    return new SqliteTreeReader(session, base);
  }

  @Override
  public WorkingReader working() {
    return new SqliteWorkingReader(session);
  }

  @Override
  public EventReader events() {
    return new SqliteEventReader(session);
  }

  @Override
  public LedgerReader ledger() {
    return new SqliteLedgerReader(session);
  }

  @Override
  public Optional<KeptRequest> findRequest(RequestKey key) {
    return session.first(
        "SELECT digest, outcome, at_micros FROM request"
            + " WHERE scope = ? AND method = ? AND request_id = ?",
        row -> new KeptRequest(row.digest(1), row.text(2), row.integer(3)),
        key.scope(),
        key.method(),
        key.requestId());
  }

  @Override
  public JournalReader journal() {
    return new SqliteJournalReader(session);
  }

  @Override
  public DamageReader damage() {
    return new SqliteDamageReader(session);
  }

  @Override
  public CollectionReader collection() {
    return new SqliteCollectionReader(session);
  }

  @Override
  public SnapshotReader snapshots() {
    return new SqliteSnapshotReader(session);
  }

  @Override
  public RefReader refs() {
    return new SqliteRefReader(session);
  }

  @Override
  public LineageReader lineage() {
    return new SqliteLineageReader(session);
  }

  @Override
  public AssociationReader associations() {
    return new SqliteAssociationReader(session);
  }

  @Override
  public StagingReader staging() {
    return new SqliteStagingReader(session);
  }

  @Override
  public PolicyReader policies() {
    return new SqlitePolicyReader(session);
  }

  @Override
  public TokenReader tokens() {
    return new SqliteTokenReader(session);
  }

  @Override
  public AuditReader audit() {
    return new SqliteAuditReader(session);
  }

  @Override
  public EmbeddingReader embeddings() {
    return new SqliteEmbeddingReader(session);
  }
}
