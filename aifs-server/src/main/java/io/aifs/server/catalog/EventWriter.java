package io.aifs.server.catalog;

/** Appends to the outbox. */
public interface EventWriter extends EventReader {
  /**
   * The sequence that the next {@link #append} of this transaction will use, so that rows written
   * before the event can name it.
   */
  long next();

  /** Appends under {@link #next}; {@code event.sequence()} is ignored. Returns the sequence. */
  long append(EventRow event);
}
