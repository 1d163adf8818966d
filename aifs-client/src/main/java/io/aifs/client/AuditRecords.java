package io.aifs.client;

import io.aifs.core.audit.AuditHead;
import java.util.Iterator;
import java.util.Optional;

/**
 * Records of the audit log in order, each a line of JSON as the log has it, without its line feed.
 * {@link #hasNext} waits for one, across cuts of the connection and restarts of the server: then it
 * goes on after the last. One thread takes records; any may close.
 */
public interface AuditRecords extends Iterator<String>, AutoCloseable {
  /**
   * Waits for a record; false once they have come to their end or this is closed.
   *
   * @throws io.aifs.core.AifsException if it cannot go on
   */
  @Override
  boolean hasNext();

  /**
   * What the server said was the newest of the records received; once all were taken, the last that
   * was taken. Empty before the server said anything.
   */
  Optional<AuditHead> head();

  /** Ends it, and the wait of whoever waits for a record. */
  @Override
  void close();
}
