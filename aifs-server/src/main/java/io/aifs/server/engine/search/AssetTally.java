package io.aifs.server.engine.search;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * How often a tree names each asset, by the assets' numbers. Most are named once: a byte each, and
 * a map for those named very often. Not thread-safe; not changed once it is shared.
 */
final class AssetTally {
  /** A byte with this value says that the map has the count. */
  private static final int MANY = 255;

  private byte[] few;
  private final Map<Integer, Integer> many;

  AssetTally() {
    this(new byte[0], Map.of());
  }

  private AssetTally(byte[] few, Map<Integer, Integer> many) {
    this.few = few;
    this.many = new HashMap<>(many);
  }

  AssetTally copy() {
    return new AssetTally(few.clone(), many);
  }

  int count(int number) {
    int count = number < few.length ? few[number] & 0xff : 0;
    return count == MANY ? many.getOrDefault(number, MANY) : count;
  }

  void add(int number) {
    if (number >= few.length) {
      few = Arrays.copyOf(few, Math.max(number + 1, few.length + few.length / 2));
    }
    set(number, count(number) + 1);
  }

  /** Takes back one {@link #add}. */
  void remove(int number) {
    int count = count(number);
    if (count == 0) {
      throw new IllegalStateException("asset " + number + " was not named");
    }
    set(number, count - 1);
  }

  private void set(int number, int count) {
    few[number] = (byte) Math.min(MANY, count);
    if (count < MANY) {
      many.remove(number);
    } else {
      many.put(number, count);
    }
  }

  /** The numbers of those that are named. */
  BitSet members() {
    BitSet members = new BitSet(few.length);
    for (int i = 0; i < few.length; i++) {
      if (few[i] != 0) {
        members.set(i);
      }
    }
    return members;
  }

  /** About what it takes in memory. */
  long bytes() {
    return few.length + 64L * many.size();
  }
}
