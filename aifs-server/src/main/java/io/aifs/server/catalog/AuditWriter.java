package io.aifs.server.catalog;

/** Keeps the head of the audit log. */
public interface AuditWriter extends AuditReader {
  /** Keeps a head in place of the one before. */
  void keepHead(AuditHeadRow head);
}
