package io.aifs.server.catalog.journal;

import java.util.Optional;

/**
 * How far the journal is behind the catalog.
 *
 * @param newest sequence of the newest transaction in the catalog
 * @param journaled up to here all transactions are in the journal
 * @param waitingBytes of those that are not, about
 * @param failure why the journal could not be written when it was tried last; empty if it could
 */
public record JournalState(
    long newest, long journaled, long waitingBytes, Optional<String> failure) {
  /** Whether the journal holds every transaction. */
  public boolean upToDate() {
    return journaled >= newest;
  }
}
