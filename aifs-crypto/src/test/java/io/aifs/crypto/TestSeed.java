package io.aifs.crypto;

import java.util.Random;

/** Randomness that can be replayed: prints its seed, and takes one from {@code -Daifs.seed=}. */
final class TestSeed {
  private TestSeed() {}

  static Random random() {
    String given = System.getProperty("aifs.seed", "");
    long seed = given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
    System.out.println("replay with -Daifs.seed=" + seed);
    return new Random(seed);
  }
}
