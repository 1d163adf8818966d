package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EventRow;

/** Events of the outbox. */
public sealed interface EventOp extends JournalOp {
  /**
   * @param event with the sequence that it was given
   */
  record Append(EventRow event) implements EventOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.journal().restoreEvents(event.sequence() - 1);
      long sequence = writer.events().append(event);
      if (sequence != event.sequence()) {
        throw new IllegalStateException(
            "event " + event.sequence() + " would get another sequence: " + sequence);
      }
    }
  }
}
