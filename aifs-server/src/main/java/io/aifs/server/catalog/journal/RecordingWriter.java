package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.AssetWriter;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.CollectionWriter;
import io.aifs.server.catalog.DamageWriter;
import io.aifs.server.catalog.EventWriter;
import io.aifs.server.catalog.JournalWriter;
import io.aifs.server.catalog.KeptRequest;
import io.aifs.server.catalog.LedgerWriter;
import io.aifs.server.catalog.NamespaceWriter;
import io.aifs.server.catalog.RefWriter;
import io.aifs.server.catalog.RequestKey;
import io.aifs.server.catalog.SnapshotWriter;
import io.aifs.server.catalog.TreeWriter;
import io.aifs.server.catalog.WorkingWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Passes calls on and keeps those that changed something, in order. For one transaction. */
final class RecordingWriter implements CatalogWriter {
  private final CatalogWriter writer;
  private final List<JournalOp> ops = new ArrayList<>();

  RecordingWriter(CatalogWriter writer) {
    this.writer = writer;
  }

  List<JournalOp> ops() {
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
