package io.aifs.server.pack;

import java.util.Random;

/** Randomness that a failed test can be run with again: {@code -Daifs.seed=}. */
final class TestSeed {
  private TestSeed() {}

  /** A generator whose seed is printed; {@code fallback} unless a seed is set. */
  static Random random(String test, long fallback) {
    String set = System.getProperty("aifs.seed", "");
    long seed = set.isEmpty() ? fallback : Long.parseLong(set);
    System.out.println(test + ": -Daifs.seed=" + seed);
    return new Random(seed);
  }
}
