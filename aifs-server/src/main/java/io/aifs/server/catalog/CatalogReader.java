package io.aifs.server.catalog;

import java.util.Optional;

/** One instant of the catalog, by topic. Valid only inside the function that received it. */
public interface CatalogReader {
  /** The store this catalog belongs to, so that a swapped catalog is noticed; empty if new. */
  Optional<String> storeId();

  NamespaceReader namespaces();

  AssetReader assets();

  TreeReader tree();

  WorkingReader working();

  EventReader events();

  LedgerReader ledger();

  /** The outcome kept for a request id, if one is. */
  Optional<KeptRequest> findRequest(RequestKey key);

  JournalReader journal();

  DamageReader damage();

  CollectionReader collection();

  SnapshotReader snapshots();

  RefReader refs();

  LineageReader lineage();

  AssociationReader associations();

  StagingReader staging();

  PolicyReader policies();

  TokenReader tokens();

  AuditReader audit();

  EmbeddingReader embeddings();
}
