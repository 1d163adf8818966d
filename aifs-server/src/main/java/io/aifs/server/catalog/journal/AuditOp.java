package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.AuditHeadRow;
import io.aifs.server.catalog.CatalogWriter;

/** Changes of what is known of the audit log; as the method of {@code AuditWriter} of its name. */
public sealed interface AuditOp extends JournalOp {
  record KeepHead(AuditHeadRow head) implements AuditOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.audit().keepHead(head);
    }
  }
}
