package io.aifs.server.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The root keys that tokens descend from, by number. The highest mints; all verify. Thread-safe.
 */
public final class TokenKeys {
  private volatile SortedMap<Integer, byte[]> keys;

  /**
   * @param keys at least one; of 32 bytes each
   */
  public TokenKeys(Map<Integer, byte[]> keys) {
    this.keys = checked(keys);
  }

  /** Only these, from now on. Those with the same number must be the same. */
  public void set(Map<Integer, byte[]> newKeys) {
    keys = checked(newKeys);
  }

  private static SortedMap<Integer, byte[]> checked(Map<Integer, byte[]> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("there is no root key");
    }
    return new TreeMap<>(keys);
  }

  /** The number of the key that mints. */
  public int newest() {
    return keys.lastKey();
  }

  /** From the oldest on. */
  public List<Integer> numbers() {
    return new ArrayList<>(keys.keySet());
  }

  public boolean has(int number) {
    return keys.containsKey(number);
  }

  /** The key itself, which is not to be changed; empty if it was retired, or never was. */
  public Optional<byte[]> find(int number) {
    return Optional.ofNullable(keys.get(number));
  }
}
