package io.aifs.server.catalog;

import java.util.Optional;

/** A catalog transaction: reads see what it wrote so far. */
public interface CatalogWriter extends CatalogReader {
  @Override
  NamespaceWriter namespaces();

  @Override
  AssetWriter assets();

  @Override
  TreeWriter tree();

  @Override
  EventWriter events();

  @Override
  LedgerWriter ledger();

  @Override
  CollectionWriter collection();

  /**
   * Says which store this catalog belongs to, for good.
   *
   * @throws IllegalStateException if it belongs to another
   */
  void setStoreId(String storeId);

  /** The outcome kept for a request id, if one is. */
  Optional<KeptRequest> findRequest(RequestKey key);

  /**
   * Keeps an outcome, in place of one under the same key. Forgets some of those kept before {@code
   * forgetBeforeMicros}: a bounded number, but more than one, so that they do not pile up.
   */
  void keepRequest(RequestKey key, KeptRequest outcome, long forgetBeforeMicros);
}
