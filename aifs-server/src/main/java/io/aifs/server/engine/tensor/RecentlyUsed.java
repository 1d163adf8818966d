package io.aifs.server.engine.tensor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was used lately, up to a weight of all together. Thread-safe.
 *
 * @param <K> equal keys stand for equal values, for good
 */
final class RecentlyUsed<K, V> {
  /** One that takes more than this part of the whole is not kept. */
  private static final int SHARE_MIN = 8;

  private final long weightMax;
  private final Map<K, Weighed<V>> values = new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  RecentlyUsed(long weightMax) {
    this.weightMax = weightMax;
  }

  private record Weighed<V>(V value, long weight) {}

  synchronized Optional<V> find(K key) {
    return Optional.ofNullable(values.get(key)).map(Weighed::value);
  }

  /**
   * Keeps a value, and forgets those that were not used for longest.
   *
   * @param weightOfThis in the unit of the whole weight
   */
  synchronized void keep(K key, V value, long weightOfThis) {
    if (weightOfThis > weightMax / SHARE_MIN
        || values.putIfAbsent(key, new Weighed<>(value, weightOfThis)) != null) {
      return;
    }
    weight += weightOfThis;
    var oldest = values.entrySet().iterator();
    while (weight > weightMax) {
      weight -= oldest.next().getValue().weight();
      oldest.remove();
    }
  }
}
