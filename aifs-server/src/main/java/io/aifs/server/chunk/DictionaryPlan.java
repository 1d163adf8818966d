package io.aifs.server.chunk;

import io.aifs.core.chunk.Codec;

/**
 * When a domain gets its dictionaries. The first comes early, and the next one is tried when four
 * times as many small chunks were put, with a sample of what came meanwhile: content changes, as a
 * tree is put directory by directory. One that gains too little is not kept.
 *
 * @param firstBytes of small chunks that a store has to see before it makes the first
 */
public record DictionaryPlan(long firstBytes) {
  public static final DictionaryPlan DEFAULT = new DictionaryPlan(4L << 20);

  private static final int FACTOR_BITS = 2;

  /** No number of bytes is large enough to try again. */
  private static final int TRIALS_MAX = 12;

  public DictionaryPlan {
    if (firstBytes < 1) {
      throw new IllegalArgumentException("firstBytes is not positive: " + firstBytes);
    }
  }

  /** How many a domain gets. */
  static int count() {
    return Codec.withDictionary().size();
  }

  /** Whether to try for a dictionary when there were so many trials, or dictionaries, before. */
  boolean isDue(int trials, long seenBytes) {
    return trials < TRIALS_MAX && seenBytes >= firstBytes << (FACTOR_BITS * trials);
  }
}
