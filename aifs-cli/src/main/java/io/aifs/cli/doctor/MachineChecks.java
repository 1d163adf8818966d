package io.aifs.cli.doctor;

import io.aifs.cli.output.Sizes;
import io.aifs.cli.terminal.Surroundings;
import io.aifs.crypto.Blake3;
import java.util.function.LongSupplier;

/** Checks of the machine and its Java. */
public final class MachineChecks {
  private static final int JAVA_VERSION = 25;
  private static final int BUFFER_BYTES = 4 << 20;
  private static final int ROUNDS = 8;
  private static final long SLOW_BYTES_PER_SECOND = 500L << 20;

  private final Surroundings surroundings;

  public MachineChecks(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  Finding java() {
    Runtime.Version version = Runtime.version();
    String text = version + ", " + System.getProperty("java.home", "unknown");
    return version.feature() >= JAVA_VERSION
        ? Finding.ok("java", text)
        : Finding.bad("java", text, "install a JDK 25 and set JAVA_HOME, or AIFS_JAVA_HOME");
  }

  Finding memory() {
    return Finding.ok(
        "memory",
        "up to "
            + Sizes.bytes(Runtime.getRuntime().maxMemory())
            + " heap, "
            + Sizes.count(surroundings.cores(), "core"));
  }

  Finding names() {
    String encoding = surroundings.nameEncoding();
    return encoding.equalsIgnoreCase("UTF-8")
        ? Finding.ok("file names", "UTF-8")
        : Finding.bad(
            "file names",
            "spelled in " + encoding + ": put and get refuse to work",
            "set LC_ALL=C.UTF-8, or start aifs with its own script, which does so");
  }

  /** A short measurement after a warm-up; a number to recognise trouble by, not a benchmark. */
  Finding hashing() {
    if (!Blake3.vectorized()) {
      return Finding.note(
          "hashing",
          "without vector instructions: several times slower than it could be",
          "start aifs with its own script, or java with --add-modules=jdk.incubator.vector");
    }
    Blake3.warmUp();
    long rate = bytesPerSecond(surroundings.nanoTime());
    String text = "BLAKE3 with vector instructions, " + Sizes.bytes(rate) + "/s on one core";
    return rate >= SLOW_BYTES_PER_SECOND
        ? Finding.ok("hashing", text)
        : Finding.note("hashing", text, "slow: see what else uses this machine");
  }

  private static long bytesPerSecond(LongSupplier nanoTime) {
    byte[] data = new byte[BUFFER_BYTES];
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = nanoTime.getAsLong();
      data[round] = Blake3.hash(data)[0];
      best = Math.min(best, Math.max(1, nanoTime.getAsLong() - start));
    }
    return BUFFER_BYTES * 1_000_000_000L / best;
  }
}
