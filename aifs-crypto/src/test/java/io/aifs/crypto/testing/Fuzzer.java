package io.aifs.crypto.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Shows parsers inputs that are nearly valid, {@code -Daifs.fuzz.inputs=N} of them each (a short
 * number by default, 100,000 in the full size). Every input has its own seed; a failure names the
 * seed and shows the input.
 */
public final class Fuzzer {
  private static final int INPUTS =
      Integer.getInteger(
          "aifs.fuzz.inputs",
          System.getProperty("aifs.test.sizes", "").equals("full") ? 100_000 : 1_000);
  private static final int SHOWN_BYTES_MAX = 4_096;
  private static final long SLOW_SECONDS = 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final FuzzTarget<?> target;
  private final AtomicLong attempts = new AtomicLong();
  private final AtomicReference<byte[]> current = new AtomicReference<>(new byte[0]);
  private long read;

  private Fuzzer(FuzzTarget<?> target) {
    this.target = target;
  }

  /**
   * Tries one target: its seeds, which must be read, what it remembers, and what is made of them.
   *
   * @throws AssertionError naming the input of which the parser made what it must not
   */
  public static void run(FuzzTarget<?> target) {
    Fuzzer fuzzer = new Fuzzer(target);
    int inputs = Math.max(1, INPUTS / target.costs());
    try (ScheduledExecutorService watch =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("fuzz-watch").factory())) {
      AtomicLong last = new AtomicLong();
      var _ =
          watch.scheduleAtFixedRate(
              () -> fuzzer.reportSlow(last), SLOW_SECONDS, SLOW_SECONDS, TimeUnit.SECONDS);
      fuzzer.tryAll(inputs);
      watch.shutdownNow();
    }
    System.out.printf(
        "fuzzed %s: %d inputs, %d of them read%n", target.name(), inputs, fuzzer.read);
  }

  /** Tries several targets, one after the other. */
  public static void run(List<FuzzTarget<?>> targets) {
    targets.forEach(Fuzzer::run);
  }

  /** How many inputs a target gets that costs little. */
  public static int inputs() {
    return INPUTS;
  }

  /** One of these valid inputs, changed so that it is not quite that any more. */
  public static byte[] mutated(List<byte[]> seeds, SplittableRandom random) {
    return new Mutator(seeds, random).next();
  }

  /**
   * Tries one input that the target may read or refuse.
   *
   * @throws AssertionError as {@link #run}
   */
  public static void tryAlone(FuzzTarget<?> target, byte[] input) {
    new Fuzzer(target).attempt(input);
  }

  private void tryAll(int inputs) {
    for (byte[] seed : target.seeds()) {
      boolean accepted = attempt(seed);
      if (!accepted) {
        throw new AssertionError("a seed of " + target + " is not read: " + shown(seed));
      }
    }
    target.known().forEach(this::attempt);
    SeededTest.run(
        inputs,
        random -> {
          if (attempt(target.input(random))) {
            read++;
          }
        });
  }

  private boolean attempt(byte[] input) {
    current.set(input);
    attempts.incrementAndGet();
    try {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      boolean accepted = target.attempt(input);
      if (THREADS.getCurrentThreadAllocatedBytes() - before > target.allocatedMax(input)) {
        requireModest(input);
      }
      return accepted;
    } catch (AssertionError e) {
      throw new AssertionError(target + ": " + e.getMessage() + "\n" + shown(input), e);
    }
  }

  /** A second time, when all classes are loaded and all tables made. */
  private void requireModest(byte[] input) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    target.attempt(input);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (allocated > target.allocatedMax(input)) {
      throw new AssertionError(
          "it took " + allocated + " bytes of memory for an input of " + input.length);
    }
  }

  /** Says which input takes long; fails nothing, as the machine may be the reason. */
  private void reportSlow(AtomicLong last) {
    long now = attempts.get();
    if (last.getAndSet(now) == now) {
      System.out.println(target + " takes long: " + shown(current.get()));
    }
  }

  private static String shown(byte[] input) {
    String base64 = Base64.getEncoder().encodeToString(input);
    return "input of %d bytes, in base64: %s"
        .formatted(
            input.length,
            base64.length() <= SHOWN_BYTES_MAX
                ? base64
                : base64.substring(0, SHOWN_BYTES_MAX) + "... (the seed makes the whole)");
  }
}
