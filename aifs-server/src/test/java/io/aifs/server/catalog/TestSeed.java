package io.aifs.server.catalog;

import java.security.SecureRandom;
import java.util.Objects;

/** Where randomised tests begin: {@code -Daifs.seed}, or anywhere; printed in any case. */
final class TestSeed {
  static long next() {
    String given = Objects.requireNonNullElse(System.getProperty("aifs.seed"), "");
    long seed = given.isBlank() ? new SecureRandom().nextLong() : Long.parseLong(given);
    System.out.println("seed: -Daifs.seed=" + seed);
    return seed;
  }

  private TestSeed() {}
}
