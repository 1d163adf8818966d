package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.KeptRequest;
import io.aifs.server.catalog.RequestKey;

/** Changes of the catalog as a whole; each as the method of {@code CatalogWriter} of its name. */
public sealed interface StoreOp extends JournalOp {
  record SetStoreId(String storeId) implements StoreOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.setStoreId(storeId);
    }
  }

  record KeepRequest(RequestKey key, KeptRequest outcome, long forgetBeforeMicros)
      implements StoreOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.keepRequest(key, outcome, forgetBeforeMicros);
    }
  }
}
