package io.aifs.server.engine.transaction;

import io.aifs.core.model.TransactionId;
import io.aifs.server.engine.Pins;
import java.util.HashMap;
import java.util.Map;

/**
 * What this process holds for open transactions: their pins, and who works for them. Thread-safe.
 */
final class OpenTransactions {
  private static final class Open {
    private final Pins.Pin pin;
    private int uploads;

    private Open(Pins.Pin pin) {
      this.pin = pin;
    }
  }

  private final Map<TransactionId, Open> open = new HashMap<>();

  /** Holds a pin until {@link #end}. */
  synchronized void begin(TransactionId id, Pins.Pin pin) {
    open.put(id, new Open(pin));
  }

  /** Lets go of the pin. Does nothing if that was done. */
  void end(TransactionId id) {
    Open ended;
    synchronized (this) {
      ended = open.remove(id);
    }
    if (ended != null) {
      ended.pin.close();
    }
  }

  /** Says that an upload begins: while it runs the transaction does not expire. */
  synchronized void uploadBegins(TransactionId id) {
    Open one = open.get(id);
    if (one != null) {
      one.uploads++;
    }
  }

  synchronized void uploadEnds(TransactionId id) {
    Open one = open.get(id);
    if (one != null) {
      one.uploads--;
    }
  }

  synchronized boolean hasUploads(TransactionId id) {
    Open one = open.get(id);
    return one != null && one.uploads > 0;
  }
}
