package io.aifs.server.engine.event;

import io.aifs.server.catalog.journal.EventOp;
import io.aifs.server.catalog.journal.JournalOp;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;

/** Tells that namespaces have new events, on the thread that wrote them. Thread-safe. */
public final class EventSignal {
  private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();

  /** To be told what a write has changed, once others can read it. */
  public void changed(List<JournalOp> ops) {
    long told = -1;
    for (JournalOp op : ops) {
      if (op instanceof EventOp.Append append && append.event().namespace() != told) {
        told = append.event().namespace();
        for (LongConsumer listener : listeners) {
          listener.accept(told);
        }
      }
    }
  }

  /** Has {@code listener} told the number of each namespace with new events; it must be quick. */
  public void listen(LongConsumer listener) {
    listeners.add(listener);
  }

  public void forget(LongConsumer listener) {
    listeners.remove(listener);
  }
}
