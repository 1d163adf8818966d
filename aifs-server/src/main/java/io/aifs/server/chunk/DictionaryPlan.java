package io.aifs.server.chunk;

import io.aifs.core.chunk.Codec;

/**
 * When a domain gets its dictionaries. Each takes eight times as many small chunks as the one
 * before: the first comes early, the last is made of a sample of much.
 *
 * @param firstBytes of small chunks that a store has to see before it makes the first
 */
public record DictionaryPlan(long firstBytes) {
  public static final DictionaryPlan DEFAULT = new DictionaryPlan(4L << 20);

  private static final int FACTOR_BITS = 3;

  public DictionaryPlan {
    if (firstBytes < 1) {
      throw new IllegalArgumentException("firstBytes is not positive: " + firstBytes);
    }
  }

  /** How many a domain gets. */
  static int count() {
    return Codec.withDictionary().size();
  }

  /** Whether it is time for a dictionary when {@code number} are there. */
  boolean isDue(int number, long seenBytes) {
    return number < count() && seenBytes >= firstBytes << (FACTOR_BITS * number);
  }
}
