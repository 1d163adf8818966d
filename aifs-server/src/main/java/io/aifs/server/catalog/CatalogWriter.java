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

  /** The outcome kept for a request id, if one is. */
  Optional<KeptRequest> findRequest(RequestKey key);

  /** Keeps an outcome, and forgets those kept before {@code forgetBeforeMicros}. */
  void keepRequest(RequestKey key, KeptRequest outcome, long forgetBeforeMicros);
}
