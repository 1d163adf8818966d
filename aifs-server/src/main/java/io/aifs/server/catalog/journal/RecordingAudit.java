package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.AuditHeadRow;
import io.aifs.server.catalog.AuditWriter;
import java.util.Optional;
import java.util.function.Consumer;

/** Records changes of what is known of the audit log. */
record RecordingAudit(AuditWriter writer, Consumer<JournalOp> ops) implements AuditWriter {
  @Override
  public void keepHead(AuditHeadRow head) {
    writer.keepHead(head);
    ops.accept(new AuditOp.KeepHead(head));
  }

  @Override
  public Optional<AuditHeadRow> head() {
    return writer.head();
  }
}
