package io.aifs.server.engine.transaction;

import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.AssetCommit;
import io.aifs.server.engine.AssetPut;
import io.aifs.server.engine.PutTarget;
import java.time.Instant;

/** One put that becomes a step of a transaction. */
final class StagedPuts implements PutTarget {
  private final TransactionService service;
  private final OpenTransactions open;
  private final TransactionKey key;
  private boolean closed;

  StagedPuts(TransactionService service, OpenTransactions open, TransactionKey key) {
    this.service = service;
    this.open = open;
    this.key = key;
    open.uploadBegins(key.id());
  }

  @Override
  public void requireOpen(CatalogReader reader) {
    var _ = service.requireOpen(reader, key);
  }

  @Override
  public boolean isDiscreet() {
    return true; // the commit tells who may know what
  }

  @Override
  public AssetCommit.Outcome take(
      CatalogWriter writer, NamespaceRow namespace, AssetPut put, Instant now) {
    service.add(writer, key, new StagedStep.Put(put), now);
    return AssetCommit.Outcome.STAGED;
  }

  @Override
  public void taken(NamespaceRow namespace, AssetPut put) {
    // nobody sees it yet
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      open.uploadEnds(key.id());
    }
  }
}
