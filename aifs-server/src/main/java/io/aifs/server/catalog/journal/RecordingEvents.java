package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.EventWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Records events, with the sequences that they were given. */
record RecordingEvents(EventWriter writer, Consumer<JournalOp> ops) implements EventWriter {
  @Override
  public long append(EventRow event) {
    long sequence = writer.append(event);
    ops.accept(new EventOp.Append(event.withSequence(sequence)));
    return sequence;
  }

  @Override
  public long next() {
    return writer.next();
  }

  @Override
  public List<EventRow> after(long namespace, long sequence, int limit, int assetsMax) {
    return writer.after(namespace, sequence, limit, assetsMax);
  }

  @Override
  public long newest() {
    return writer.newest();
  }

  @Override
  public Optional<EventRow> find(long namespace, long sequence) {
    return writer.find(namespace, sequence);
  }

  @Override
  public Optional<Span> span(long namespace) {
    return writer.span(namespace);
  }
}
