package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.NamespaceRow;

/** Changes of namespaces. */
public sealed interface NamespaceOp extends JournalOp {
  /**
   * @param row as it was stored, with the number that all later operations name
   */
  record Create(NamespaceRow row) implements NamespaceOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.journal().restoreNamespaces(row.number() - 1);
      NamespaceRow created = writer.namespaces().create(row);
      if (created.number() != row.number()) {
        throw new IllegalStateException(
            "namespace " + row.name() + " would get another number: " + created.number());
      }
    }
  }
}
