package io.aifs.server.crash;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What {@code scripts/crash} runs: many seeds on all processors, or one with all its steps. Exits
 * with 1 if a seed fails.
 */
final class CrashCommand {
  private static final long REPORT_SEEDS = 1_000;

  public static void main(String[] arguments) throws IOException, InterruptedException {
    long seeds = 1_000;
    long from = 1;
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      long value = Long.parseLong(arguments[i + 1]);
      switch (arguments[i]) {
        case "--seeds" -> seeds = value;
        case "--from" -> from = value;
        case "--seed" -> System.exit(replay(value) ? 0 : 1);
        default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
      }
    }
    System.exit(runAll(from, seeds) == 0 ? 0 : 1);
  }

  private static boolean replay(long seed) throws IOException {
    try (SimulationBench bench = new SimulationBench()) {
      bench.run(seed, true, () -> Plant.NONE).forEach(System.out::println);
      System.out.println("seed " + seed + " holds");
      return true;
    } catch (SeedFailure e) {
      e.trace().forEach(System.out::println);
      e.printStackTrace(System.out);
      return false;
    }
  }

  private static long runAll(long from, long seeds) throws InterruptedException {
    AtomicLong next = new AtomicLong(from);
    AtomicLong failures = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      threads.add(Thread.ofPlatform().start(() -> runSome(next, from + seeds, failures)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println(seeds + " seeds from " + from + ": " + failures + " failed");
    return failures.get();
  }

  private static void runSome(AtomicLong next, long end, AtomicLong failures) {
    try (SimulationBench bench = new SimulationBench()) {
      for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
        try {
          bench.run(seed);
        } catch (SeedFailure e) {
          failures.incrementAndGet();
          System.out.println(e.getMessage());
        }
        if (seed % REPORT_SEEDS == 0) {
          System.out.println("at seed " + seed + ", " + failures + " failed");
        }
      }
    } catch (IOException e) {
      failures.incrementAndGet();
      e.printStackTrace(System.out);
    }
  }

  private CrashCommand() {}
}
