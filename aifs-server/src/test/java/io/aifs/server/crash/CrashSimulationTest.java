package io.aifs.server.crash;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Many seeds; another thousand each time. */
class CrashSimulationTest {
  private static final int SEEDS = Integer.getInteger("aifs.crash.seeds", 1_000);
  private static final int THREADS = 2;

  @Test
  void whateverIsAcknowledgedOutlivesAnyPowerCutAndNothingIsHalfVisible()
      throws InterruptedException, ExecutionException {
    AtomicLong next = new AtomicLong(firstSeed());
    long end = next.get() + SEEDS;
    System.out.println("seeds from " + next + "; replay one: scripts/crash --seed N");
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        running.add(
            threads.submit(
                () -> {
                  runSeeds(next, end);
                  return true;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
  }

  private static void runSeeds(AtomicLong next, long end) throws IOException {
    try (SimulationBench bench = new SimulationBench()) {
      for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
        bench.run(seed);
      }
    }
  }

  private static long firstSeed() {
    String given = Objects.requireNonNullElse(System.getProperty("aifs.seed"), "");
    return given.isBlank() ? new SecureRandom().nextInt(1 << 30) : Long.parseLong(given);
  }
}
