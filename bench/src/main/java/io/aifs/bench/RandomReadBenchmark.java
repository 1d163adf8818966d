package io.aifs.bench;

import io.aifs.client.AifsClient;
import io.aifs.client.Content;
import io.aifs.client.PutOptions;
import io.aifs.crypto.Digest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How many random reads of 4 KiB a second a store gives, one and many to a call, to one thread and
 * to many: of few assets, whose chunks the store keeps in memory, and of more than it keeps. Prints
 * a Markdown table. The packs stay in the page cache.
 *
 * <p>Arguments: MiB of content for the second, seconds for each figure; and for a store that is not
 * embedded what to call the way there, the address of its server, and the file of its token. {@code
 * bench/reads} starts it each way.
 */
public final class RandomReadBenchmark {
  private static final int ASSET_BYTES = 16 << 20;
  private static final int CACHED_ASSETS = 2;
  private static final int THREADS = 64;

  private final String way;
  private final AifsClient client;
  private final long nanos;
  private final List<Digest> assets = new ArrayList<>();

  private RandomReadBenchmark(String way, AifsClient client, int seconds) {
    this.way = way;
    this.client = client;
    this.nanos = seconds * 1_000_000_000L;
  }

  /** An embedded store is in a new temporary directory, which is deleted at the end. */
  public static void main(String[] arguments) throws Exception {
    int mebibytes = Integer.parseInt(arguments[0]);
    int seconds = Integer.parseInt(arguments[1]);
    if (arguments.length > 2) {
      RunningServer server = new RunningServer(arguments[3], Path.of(arguments[4]));
      try (AifsClient client = server.connect()) {
        new RandomReadBenchmark(arguments[2], client, seconds).run(mebibytes);
      }
    } else {
      try (ScratchStore store = ScratchStore.open("aifs-random-read")) {
        new RandomReadBenchmark("embedded", store.client(), seconds).run(mebibytes);
      }
    }
  }

  private void run(int mebibytes) throws Exception {
    Random random = new Random(1);
    byte[] content = new byte[ASSET_BYTES];
    for (long at = 0; at < (long) mebibytes << 20; at += ASSET_BYTES) {
      random.nextBytes(content);
      assets.add(client.assets().put(PutOptions.blob(), Content.of(content)).id());
    }
    List<Digest> few = assets.subList(0, Math.min(CACHED_ASSETS, assets.size()));
    read(assets, 1, 4);
    read(assets, 64, 1);
    measure("kept in memory", few);
    measure("of " + mebibytes + " MiB", assets);
  }

  private void measure(String what, List<Digest> of) throws Exception {
    report(what + ", single", 1, 1, of);
    report(what + ", single", 1, THREADS, of);
    report(what + ", 64 to a call", 64, 1, of);
    report(what + ", 4,096 to a call", 4_096, 1, of);
    report(what + ", 4,096 to a call", 4_096, 4, of);
  }

  private void report(String what, int rangesOfCall, int threads, List<Digest> of)
      throws Exception {
    long start = System.nanoTime();
    Latencies calls = read(of, rangesOfCall, threads);
    double reads = calls.count() * (double) rangesOfCall * 1e9 / (System.nanoTime() - start);
    System.out.printf(
        "| %s | %s | %d | %,.0f | %,d us | %,d us |%n",
        way, what, threads, reads, calls.micros(0.5), calls.micros(0.99));
  }

  /** How long each call took, of threads that call as fast as they are answered. */
  private Latencies read(List<Digest> of, int rangesOfCall, int threads) throws Exception {
    List<RandomReads> readers = new ArrayList<>();
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      RandomReads reader = new RandomReads(client, of, ASSET_BYTES, rangesOfCall, nanos, i);
      readers.add(reader);
      running.add(Thread.ofPlatform().name("reads-" + i).start(reader));
    }
    for (Thread thread : running) {
      thread.join();
    }
    Latencies all = new Latencies();
    for (RandomReads reader : readers) {
      all.addAll(reader.calls());
    }
    return all;
  }
}
