package io.aifs.client.internal;

import java.util.Random;

/** Random bytes from a seed that is printed, and taken from {@code -Daifs.seed} when given. */
final class Seeded {
  static Random random() {
    String given = System.getProperty("aifs.seed", "");
    long seed = given == null || given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
    System.out.println("seed: -Daifs.seed=" + seed);
    return new Random(seed);
  }

  static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random().nextBytes(bytes);
    return bytes;
  }

  private Seeded() {}
}
