package io.aifs.bench;

import io.aifs.crypto.Digest;
import io.aifs.server.pack.PackRecord;
import io.aifs.server.pack.PackStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Puts and reads beside something else, one each at a time, and how long each took. */
final class ForegroundLoad {
  private static final AtomicLong NUMBERS = new AtomicLong(1L << 40);
  private static final int PUT_RECORDS = 16;
  private static final int READ_RECORDS = 16;

  private final PackStore store;
  private final int records;
  private final Thread puts;
  private final Thread reads;
  private final List<Long> putNanos = new ArrayList<>();
  private final List<Long> readNanos = new ArrayList<>();
  private volatile boolean ended;

  /** Begins at once. */
  ForegroundLoad(PackStore store, int records) {
    this.store = store;
    this.records = records;
    this.puts = Thread.ofPlatform().name("puts").start(() -> repeat(this::put, putNanos));
    this.reads = Thread.ofPlatform().name("reads").start(() -> repeat(this::read, readNanos));
  }

  private interface Call {
    void run(Random random) throws IOException;
  }

  private void repeat(Call call, List<Long> nanos) {
    Random random = new Random(1);
    try {
      while (!ended) {
        long start = System.nanoTime();
        call.run(random);
        nanos.add(System.nanoTime() - start);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void put(Random random) throws IOException {
    List<PackRecord> batch = new ArrayList<>();
    for (int i = 0; i < PUT_RECORDS; i++) {
      batch.add(CollectionBenchmark.record(NUMBERS.incrementAndGet()));
    }
    store.append(batch);
    store.recorded(store.sync());
  }

  private void read(Random random) throws IOException {
    List<Digest> batch = new ArrayList<>();
    for (int i = 0; i < READ_RECORDS; i++) {
      batch.add(CollectionBenchmark.id(random.nextInt(records) | 1)); // never among the dead
    }
    if (store.getAll(batch).isEmpty()) {
      throw new IllegalStateException("records are lost");
    }
  }

  void end() throws InterruptedException {
    ended = true;
    puts.join();
    reads.join();
  }

  void print(String name) {
    System.out.printf(
        "%-10s put p50 %,d us, p99 %,d us (%,d); read p50 %,d us, p99 %,d us (%,d)%n",
        name,
        micros(putNanos, 0.5),
        micros(putNanos, 0.99),
        putNanos.size(),
        micros(readNanos, 0.5),
        micros(readNanos, 0.99),
        readNanos.size());
  }

  /** How much slower this was than {@code other}. */
  void printRatio(ForegroundLoad other) {
    System.out.printf(
        "p99 ratio: put %.2f, read %.2f%n",
        (double) micros(putNanos, 0.99) / micros(other.putNanos, 0.99),
        (double) micros(readNanos, 0.99) / micros(other.readNanos, 0.99));
  }

  private static long micros(List<Long> nanos, double share) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted.length == 0
        ? 0
        : Math.max(1, sorted[(int) ((sorted.length - 1) * share)] / 1_000);
  }
}
