package io.aifs.bench;

import java.util.Random;

/** Puts and reads beside something else, one each at a time, and how long each took. */
final class ForegroundLoad {
  private final Thread puts;
  private final Thread reads;
  private final Latencies putLatencies = new Latencies();
  private final Latencies readLatencies = new Latencies();
  private volatile boolean ended;

  /** Begins at once. */
  ForegroundLoad(Call put, Call read) {
    this.puts = Thread.ofPlatform().name("puts").start(() -> repeat(put, putLatencies));
    this.reads = Thread.ofPlatform().name("reads").start(() -> repeat(read, readLatencies));
  }

  /** A put or a read. */
  interface Call {
    void run(Random random) throws Exception;
  }

  private void repeat(Call call, Latencies latencies) {
    Random random = new Random(1);
    try {
      while (!ended) {
        long start = System.nanoTime();
        call.run(random);
        latencies.add(System.nanoTime() - start);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  void end() throws InterruptedException {
    ended = true;
    puts.join();
    reads.join();
  }

  void print(String name) {
    System.out.printf("%-10s put %s; read %s%n", name, putLatencies, readLatencies);
  }

  /** How much slower this was than {@code other}. */
  void printRatio(ForegroundLoad other) {
    System.out.printf(
        "p99 ratio: put %.2f, read %.2f%n",
        (double) putLatencies.micros(0.99) / other.putLatencies.micros(0.99),
        (double) readLatencies.micros(0.99) / other.readLatencies.micros(0.99));
  }
}
