package io.aifs.server.catalog;

/** A catalog transaction: reads see what it wrote so far. */
public interface CatalogWriter extends CatalogReader {
  @Override
  NamespaceWriter namespaces();

  @Override
  AssetWriter assets();

  @Override
  TreeWriter tree();

  @Override
  WorkingWriter working();

  @Override
  EventWriter events();

  @Override
  LedgerWriter ledger();

  @Override
  JournalWriter journal();

  @Override
  DamageWriter damage();

  @Override
  CollectionWriter collection();

  @Override
  SnapshotWriter snapshots();

  @Override
  RefWriter refs();

  @Override
  AssociationWriter associations();

  @Override
  StagingWriter staging();

  @Override
  PolicyWriter policies();

  @Override
  TokenWriter tokens();

  @Override
  AuditWriter audit();

  @Override
  EmbeddingWriter embeddings();

  /**
   * Says which store this catalog belongs to, for good.
   *
   * @throws IllegalStateException if it belongs to another
   */
  void setStoreId(String storeId);

  /**
   * Keeps an outcome, in place of one under the same key. Forgets some of those kept before {@code
   * forgetBeforeMicros}: a bounded number, but more than one, so that they do not pile up.
   */
  void keepRequest(RequestKey key, KeptRequest outcome, long forgetBeforeMicros);
}
