package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.EventWriter;
import java.util.List;
import java.util.function.Consumer;

/** Records events, with the sequences that they were given. */
record RecordingEvents(EventWriter writer, Consumer<JournalOp> ops) implements EventWriter {
  @Override
  public long append(EventRow event) {
    long sequence = writer.append(event);
    ops.accept(
        new EventOp.Append(
            new EventRow(
                sequence,
                event.namespace(),
                event.type(),
                event.at(),
                event.assets(),
                event.details())));
    return sequence;
  }

  @Override
  public long next() {
    return writer.next();
  }

  @Override
  public List<EventRow> after(long namespace, long sequence, int limit) {
    return writer.after(namespace, sequence, limit);
  }

  @Override
  public long newest() {
    return writer.newest();
  }
}
