package io.aifs.server.catalog;

/** One instant of the catalog, by topic. Valid only inside the function that received it. */
public interface CatalogReader {
  NamespaceReader namespaces();

  AssetReader assets();

  TreeReader tree();

  EventReader events();

  LedgerReader ledger();
}
