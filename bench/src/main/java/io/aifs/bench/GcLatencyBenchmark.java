package io.aifs.bench;

import io.aifs.client.AifsClient;
import io.aifs.client.Content;
import io.aifs.client.FilePut;
import io.aifs.client.Maintenance;
import io.aifs.client.PutOptions;
import io.aifs.client.ReadTarget;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What collecting costs those who put and read meanwhile, as clients of a whole store see it: one
 * thread puts 64 KiB at a time, another reads as much, for a while alone and then beside a
 * collection that rewrites most packs.
 *
 * <p>Arguments: how many small files there are to look through (100,000), and how many assets of
 * 512 KiB (2,000), of which three in four are deleted.
 */
public final class GcLatencyBenchmark {
  private static final int SMALL_BYTES = 4 << 10;
  private static final int LARGE_BYTES = 512 << 10;
  private static final int CALL_BYTES = 64 << 10;
  private static final int BATCH = 1_000;
  private static final long ALONE_MILLIS = 20_000;

  private final AifsClient client;
  private final Random random = new Random(1);
  private final Random fresh = new Random(2); // of the putting thread
  private final List<Digest> readable = new ArrayList<>();

  private GcLatencyBenchmark(AifsClient client) {
    this.client = client;
  }

  /** Runs in a new temporary directory, which is deleted at the end. */
  public static void main(String[] arguments) throws Exception {
    int small = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    int large = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000;
    try (ScratchStore store = ScratchStore.open("aifs-gc-latency")) {
      new GcLatencyBenchmark(store.client()).run(small, large);
    }
  }

  private void run(int small, int large) throws Exception {
    putSmall(small);
    putLarge(large);
    ForegroundLoad first = load();
    Thread.sleep(ALONE_MILLIS); // compiles what both measure
    first.end();
    ForegroundLoad alone = load();
    Thread.sleep(ALONE_MILLIS);
    alone.end();
    ForegroundLoad beside = load();
    long start = System.nanoTime();
    Maintenance.Collection done = client.maintenance().collect(false, Duration.ZERO, _ -> {});
    long millis = (System.nanoTime() - start) / 1_000_000;
    beside.end();
    System.out.printf(
        "gc took %,d ms: %,d assets, condemned %,d records, rewrote %,d packs, freed %,d MiB%n",
        millis,
        done.assets(),
        done.condemnedRecords(),
        done.packsRewritten(),
        done.freedBytes() >> 20);
    alone.print("alone");
    beside.print("beside gc");
    beside.printRatio(alone);
  }

  private void putSmall(int count) {
    for (int from = 0; from < count; from += BATCH) {
      List<FilePut> batch = new ArrayList<>();
      for (int i = from; i < Math.min(count, from + BATCH); i++) {
        batch.add(
            new FilePut(
                new TreePath("small/" + i),
                new FilePut.What.Data(bytes(random, SMALL_BYTES)),
                FileAttributes.PLAIN_FILE));
      }
      client.tree().putFiles(Name.MAIN_BRANCH, batch);
    }
  }

  private void putLarge(int count) {
    List<Digest> dead = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Digest id = put(random, LARGE_BYTES);
      if (i % 4 == 0) {
        readable.add(id);
      } else {
        dead.add(id);
      }
    }
    dead.forEach(id -> client.assets().delete(id, true, "for the benchmark"));
  }

  private ForegroundLoad load() {
    return new ForegroundLoad(_ -> put(fresh, CALL_BYTES), this::read);
  }

  private Digest put(Random source, int length) {
    return client.assets().put(PutOptions.blob(), Content.of(bytes(source, length))).id();
  }

  private void read(Random source) throws IOException {
    Digest id = readable.get(source.nextInt(readable.size()));
    long offset = (long) source.nextInt(LARGE_BYTES / CALL_BYTES) * CALL_BYTES;
    try (InputStream in =
        client.assets().read(new ReadTarget.ById(id), offset, Optional.of((long) CALL_BYTES))) {
      if (in.readAllBytes().length != CALL_BYTES) {
        throw new IllegalStateException("content is lost");
      }
    }
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
