package io.aifs.server.catalog;

import java.util.Optional;

/** What the catalog knows of the audit log. */
public interface AuditReader {
  /** The newest head; empty if none was ever kept. */
  Optional<AuditHeadRow> head();
}
