package io.aifs.bench;

import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.RecordType;
import io.aifs.server.engine.Traffic;
import io.aifs.server.file.LocalDisk;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.Collector;
import io.aifs.server.pack.Compaction;
import io.aifs.server.pack.CondemnedRecords;
import io.aifs.server.pack.KnownDamage;
import io.aifs.server.pack.PackHeaderInfo;
import io.aifs.server.pack.PackOptions;
import io.aifs.server.pack.PackRecord;
import io.aifs.server.pack.PackStore;
import io.aifs.server.pack.PackTally;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What collecting many small records costs: heap beside the index, time for each step, and how much
 * slower puts and reads of others are meanwhile.
 *
 * <p>Arguments: how many records (10,000,000 if absent), and {@code latency} to measure puts and
 * reads beside it in place of heap (measuring heap stops the world). Every fourth record is not
 * needed. Payloads are 16 bytes, so that a small disk will do; marking and hiding do not depend on
 * them.
 */
public final class CollectionBenchmark {
  private static final DomainId DOMAIN = DomainId.parse("be".repeat(16));
  private static final int BATCH = 4_096;
  private static final long RECORDS_AT_A_TIME = 250_000;
  private static final int PACKS_AT_A_TIME = 1;
  private static final long ALONE_MILLIS = 10_000;
  private static final int CALL_RECORDS = 16;
  private static final AtomicLong NEW_NUMBERS = new AtomicLong(1L << 40);

  private final Path directory;
  private final int records;
  private final boolean latency;
  private final Traffic traffic = new Traffic();
  private final AtomicInteger packIds = new AtomicInteger();
  private final List<LivePack> live = new ArrayList<>();
  private long indexBytes;
  private long extraBytesMax;

  private CollectionBenchmark(Path directory, int records, boolean latency) {
    this.directory = directory;
    this.records = records;
    this.latency = latency;
  }

  /** Runs in a new temporary directory, which is deleted at the end. */
  public static void main(String[] arguments) throws Exception {
    int records = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000_000;
    boolean latency = List.of(arguments).contains("latency");
    try (ScratchDirectory directory = ScratchDirectory.create("aifs-collection")) {
      new CollectionBenchmark(directory.path(), records, latency).run();
    }
  }

  private void run() throws Exception {
    long empty = usedBytes();
    fill();
    try (PackStore store = open()) {
      time("open", store::openDamage);
      indexBytes = usedBytes() - empty;
      System.out.printf(
          "index: %,d records, %.1f bytes of heap each%n", records, (double) indexBytes / records);
      if (latency) {
        compare(store, empty);
      } else {
        collect(store, empty);
        System.out.printf("heap beside the index: %.1f MiB at most%n", extraBytesMax / 1048576.0);
      }
    }
  }

  private void compare(PackStore store, long empty) throws Exception {
    ForegroundLoad first = load(store);
    Thread.sleep(ALONE_MILLIS); // compiles what both measure
    first.end();
    ForegroundLoad alone = load(store);
    Thread.sleep(ALONE_MILLIS);
    alone.end();
    ForegroundLoad beside = load(store);
    collect(store, empty);
    beside.end();
    alone.print("alone");
    beside.print("beside gc");
    beside.printRatio(alone);
  }

  private ForegroundLoad load(PackStore store) {
    return new ForegroundLoad(_ -> put(store), random -> read(store, random));
  }

  private void put(PackStore store) throws IOException {
    traffic.noted();
    List<PackRecord> batch = new ArrayList<>();
    for (int i = 0; i < CALL_RECORDS; i++) {
      batch.add(record(NEW_NUMBERS.incrementAndGet()));
    }
    store.append(batch);
    store.recorded(store.sync());
  }

  private void read(PackStore store, Random random) throws IOException {
    traffic.noted();
    List<Digest> batch = new ArrayList<>();
    for (int i = 0; i < CALL_RECORDS; i++) {
      batch.add(id(random.nextInt(records) | 1)); // never among the dead
    }
    if (store.getAll(batch).isEmpty()) {
      throw new IllegalStateException("records are lost");
    }
  }

  private PackStore open() throws IOException {
    return PackStore.open(
        new LocalDisk(directory),
        DOMAIN,
        List.copyOf(live),
        new PackHeaderInfo(1, "bench"),
        PackOptions.DEFAULT,
        KnownDamage.NONE,
        CondemnedRecords.NONE,
        traffic,
        () -> new PackId("%032x".formatted(packIds.incrementAndGet())),
        Clock.systemUTC());
  }

  private void fill() throws Exception {
    try (PackStore store = open()) {
      fill(store);
    }
  }

  private void fill(PackStore store) throws Exception {
    time(
        "fill",
        () -> {
          for (int from = 0; from < records; from += BATCH) {
            List<PackRecord> batch = new ArrayList<>(BATCH);
            for (int i = from; i < Math.min(records, from + BATCH); i++) {
              batch.add(record(i));
            }
            store.append(batch);
            if (from / BATCH % 64 == 0) {
              var _ = store.sync(); // lets go of the packs that are full
            }
          }
          live.addAll(store.seal());
          return live;
        });
  }

  private static PackRecord record(long number) {
    return new PackRecord(RecordType.CHUNK, id(number), 0, 1, 16, new byte[16]);
  }

  /** Ids spread like digests. */
  private static Digest id(long number) {
    byte[] bytes = new byte[Digest.BYTES];
    long word = number;
    for (int i = 0; i < bytes.length; i++) {
      if (i % Long.BYTES == 0) {
        word = mixed(word + 0x9E3779B97F4A7C15L);
      }
      bytes[i] = (byte) (word >>> (i % Long.BYTES * Byte.SIZE));
    }
    return Digest.fromBytes(bytes);
  }

  private static long mixed(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  private void collect(PackStore store, long empty) throws Exception {
    Collector collector = store.collector();
    time(
        "mark",
        () -> {
          collector.beginMarking();
          for (int from = 0; from < records; from += BATCH) {
            List<Digest> batch = new ArrayList<>(BATCH);
            for (int i = from; i < Math.min(records, from + BATCH); i++) {
              if (i % 4 != 0) {
                batch.add(id(i));
              }
            }
            collector.mark(batch);
          }
          return records;
        });
    sample(empty);
    List<PackTally> tallies = time("tally", collector::tally);
    sample(empty);
    Map<PackId, int[]> dead = new HashMap<>();
    time("hide", () -> hide(collector, tallies, dead, empty));
    collector.endMarking();
    time("compact", () -> compact(store, dead, empty));
  }

  private int hide(
      Collector collector, List<PackTally> tallies, Map<PackId, int[]> dead, long empty) {
    Set<PackId> group = new HashSet<>();
    long unmarked = 0;
    for (PackTally pack : tallies) {
      group.add(pack.pack());
      unmarked += pack.unmarkedRecords();
      if (unmarked >= RECORDS_AT_A_TIME) {
        dead.putAll(collector.hideUnmarked(group));
        sample(empty);
        group.clear();
        unmarked = 0;
      }
    }
    dead.putAll(collector.hideUnmarked(group));
    return dead.size();
  }

  private int compact(PackStore store, Map<PackId, int[]> dead, long empty) throws IOException {
    store.recorded(store.seal());
    Collector collector = store.collector();
    List<PackId> packs = List.copyOf(dead.keySet());
    for (int from = 0; from < packs.size(); from += PACKS_AT_A_TIME) {
      Map<PackId, int[]> group = new HashMap<>();
      for (PackId pack : packs.subList(from, Math.min(packs.size(), from + PACKS_AT_A_TIME))) {
        group.put(pack, dead.getOrDefault(pack, new int[0]));
      }
      Compaction compaction = collector.compact(group);
      sample(empty);
      collector.swap(compaction);
      collector.delete(compaction.replaced());
    }
    return packs.size();
  }

  /** What {@code dead} takes is counted too: the engine keeps it in the catalog instead. */
  private void sample(long empty) {
    if (latency) {
      return;
    }
    extraBytesMax = Math.max(extraBytesMax, usedBytes() - empty - indexBytes);
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** One step. */
  private interface Step<T> {
    T run() throws Exception;
  }

  private static <T> T time(String name, Step<T> step) throws Exception {
    long start = System.nanoTime();
    T result = step.run();
    System.out.printf("%-8s %,8d ms%n", name, (System.nanoTime() - start) / 1_000_000);
    return result;
  }
}
