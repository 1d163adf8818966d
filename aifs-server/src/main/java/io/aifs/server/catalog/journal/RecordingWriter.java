package io.aifs.server.catalog.journal;

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
import io.aifs.server.catalog.LineageReader;
import io.aifs.server.catalog.NamespaceWriter;
import io.aifs.server.catalog.PolicyWriter;
import io.aifs.server.catalog.RefWriter;
import io.aifs.server.catalog.RequestKey;
import io.aifs.server.catalog.SnapshotWriter;
import io.aifs.server.catalog.StagingWriter;
import io.aifs.server.catalog.TokenWriter;
import io.aifs.server.catalog.TreeWriter;
import io.aifs.server.catalog.WorkingWriter;
import java.util.Optional;

/** Passes calls on and keeps those that changed something, in order. For one transaction. */
final class RecordingWriter implements CatalogWriter {
  private final CatalogWriter writer;
  private final OpLog ops = new OpLog();

  RecordingWriter(CatalogWriter writer) {
    this.writer = writer;
  }

  OpLog ops() {
    return ops;
  }

  @Override
  public NamespaceWriter namespaces() {
    return new RecordingNamespaces(writer.namespaces(), ops::add);
  }

  @Override
  public AssetWriter assets() {
    return new RecordingAssets(writer.assets(), ops::add);
  }

  @Override
  public TreeWriter tree() {
    return new RecordingTree(writer.tree(), ops::add);
  }

  @Override
  public WorkingWriter working() {
    return new RecordingWorking(writer.working(), ops::add);
  }

  @Override
  public EventWriter events() {
    return new RecordingEvents(writer.events(), ops::add);
  }

  @Override
  public LedgerWriter ledger() {
    return new RecordingLedger(writer.ledger(), ops::add);
  }

  @Override
  public SnapshotWriter snapshots() {
    return new RecordingSnapshots(writer.snapshots(), ops::add);
  }

  @Override
  public RefWriter refs() {
    return new RecordingRefs(writer.refs(), ops::add);
  }

  @Override
  public LineageReader lineage() {
    return writer.lineage();
  }

  @Override
  public AssociationWriter associations() {
    return new RecordingAssociations(writer.associations(), ops::add);
  }

  @Override
  public PolicyWriter policies() {
    return new RecordingPolicies(writer.policies(), ops::add);
  }

  @Override
  public TokenWriter tokens() {
    return new RecordingTokens(writer.tokens(), ops::add);
  }

  @Override
  public AuditWriter audit() {
    return new RecordingAudit(writer.audit(), ops::add);
  }

  @Override
  public EmbeddingWriter embeddings() {
    return new RecordingEmbeddings(writer.embeddings(), ops::add);
  }

  @Override
  public JournalWriter journal() {
    return writer.journal();
  }

  /**
   * Not recorded: what nothing needs is found again, after a rebuild all of it counts as stored.
   */
  @Override
  public CollectionWriter collection() {
    return writer.collection();
  }

  /** Not recorded: what is damaged is seen again, and counts follow from what is counted. */
  @Override
  public DamageWriter damage() {
    return writer.damage();
  }

  /** Not recorded: what is staged does not outlive its process. */
  @Override
  public StagingWriter staging() {
    return writer.staging();
  }

  @Override
  public void setStoreId(String storeId) {
    writer.setStoreId(storeId);
    ops.add(new StoreOp.SetStoreId(storeId));
  }

  @Override
  public void keepRequest(RequestKey key, KeptRequest outcome, long forgetBeforeMicros) {
    writer.keepRequest(key, outcome, forgetBeforeMicros);
    ops.add(new StoreOp.KeepRequest(key, outcome, forgetBeforeMicros));
  }

  @Override
  public Optional<KeptRequest> findRequest(RequestKey key) {
    return writer.findRequest(key);
  }

  @Override
  public Optional<String> storeId() {
    return writer.storeId();
  }
}
