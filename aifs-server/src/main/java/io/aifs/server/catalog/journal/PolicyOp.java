package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.PolicyRow;

/** Changes of policies; each as the method of {@code PolicyWriter} that has its name. */
public sealed interface PolicyOp extends JournalOp {
  record Add(long namespace, PolicyRow row) implements PolicyOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.policies().add(namespace, row);
    }
  }
}
