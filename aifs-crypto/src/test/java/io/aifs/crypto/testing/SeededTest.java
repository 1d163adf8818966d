package io.aifs.crypto.testing;

import java.util.SplittableRandom;

/**
 * Runs a test body on many random cases. Each case has its own seed, new in every run; a failure
 * names it, and {@code -Daifs.seed=SEED} runs that one case again.
 */
public final class SeededTest {
  private static final String SEED_PROPERTY = "aifs.seed";

  /** One case; everything random in it must come from {@code random}. */
  @FunctionalInterface
  public interface Case {
    void run(SplittableRandom random) throws Exception;
  }

  private SeededTest() {}

  /**
   * Runs {@code body} on {@code cases} fresh seeds, or once on the seed in {@code aifs.seed}.
   *
   * @throws AssertionError if a case throws; says the seed, and has what was thrown as its cause
   */
  public static void run(int cases, Case body) {
    if (cases < 1) {
      throw new IllegalArgumentException("cases are fewer than 1: " + cases);
    }
    String seed = System.getProperty(SEED_PROPERTY, "");
    if (!seed.isEmpty()) {
      runOne(Long.parseLong(seed), body);
      return;
    }
    SplittableRandom seeds = new SplittableRandom();
    for (int i = 0; i < cases; i++) {
      runOne(seeds.nextLong(), body);
    }
  }

  /** One seed for a test that does not fit into {@link #run}; printed for when it fails. */
  public static long seed() {
    String given = System.getProperty(SEED_PROPERTY, "");
    long seed = given.isEmpty() ? new SplittableRandom().nextLong() : Long.parseLong(given);
    System.out.printf("seed: -D%s=%d%n", SEED_PROPERTY, seed);
    return seed;
  }

  /** Random bytes from {@code random}. */
  public static byte[] bytes(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void runOne(long seed, Case body) {
    try {
      body.run(new SplittableRandom(seed));
    } catch (Throwable failure) { // assertion errors too: the seed matters most for them
      String message =
          "failed for seed %d; replay with -D%s=%d".formatted(seed, SEED_PROPERTY, seed);
      System.err.println(message);
      throw new AssertionError(message + ": " + failure.getMessage(), failure);
    }
  }
}
