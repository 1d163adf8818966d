package io.aifs.client.trust;

import java.util.List;
import java.util.function.UnaryOperator;

/** Pins that end with the process. */
final class MemoryKnownKeys implements KnownKeys {
  /** Guarded by this. */
  private List<KnownKey> keys = List.of();

  @Override
  public synchronized List<KnownKey> all() {
    return keys;
  }

  @Override
  public synchronized void update(UnaryOperator<List<KnownKey>> change) {
    keys = List.copyOf(change.apply(keys));
  }
}
