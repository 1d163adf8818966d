package io.aifs.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.client.AifsClient;
import io.aifs.client.FilePut;
import io.aifs.client.Transaction;
import io.aifs.client.TransactionStep;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Transactions: how long the commit of many assets takes and others wait for it, how much heap it
 * takes, and how many small ones are done in a second. Run it with the heap that it shall get by
 * on. Arguments: assets of the large transaction (100,000 if absent), small transactions (2,000).
 */
public final class TransactionBenchmark {
  private static final int BATCH = 1_000;
  private static final int DIRECTORY_FILES = 1_000;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MIB = 1 << 20;

  /** Prints what was measured. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int assets = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    int small = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000;
    try (ScratchStore store = ScratchStore.open("aifs-transactions")) {
      AifsClient client = store.client();
      large(client, assets);
      small(client, small);
    }
  }

  private static void large(AifsClient client, int assets) throws InterruptedException {
    System.out.printf("heap at most %.0f MiB%n", Runtime.getRuntime().maxMemory() / MIB);
    try (Transaction transaction = client.transactions().begin()) {
      long start = System.nanoTime();
      for (int first = 0; first < assets; first += BATCH) {
        List<FilePut> files = new ArrayList<>(BATCH);
        for (int i = first; i < Math.min(assets, first + BATCH); i++) {
          files.add(file("large/%04d/%06d".formatted(i / DIRECTORY_FILES, i), "asset " + i));
        }
        var _ = transaction.client().tree().putFiles(Name.MAIN_BRANCH, files);
      }
      System.out.printf("staged %,d assets in %.0f ms%n", assets, millis(start));
      System.out.printf(
          "staged rows: %.1f MiB%n",
          client.transactions().get(transaction.id()).stagedBytes() / MIB);
      Waiting waiting = new Waiting(client);
      Thread writer = Thread.ofPlatform().start(waiting);
      System.gc();
      heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
      start = System.nanoTime();
      long version = transaction.commit();
      System.out.printf(
          "committed in %.0f ms, version %d; the longest that a plain put waited: %.0f ms%n",
          millis(start), version, waiting.end(writer));
      System.out.printf(
          "peak of the heap meanwhile: %.0f MiB%n",
          heapPools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / MIB);
    }
  }

  /** Puts small files one after the other, and remembers which took longest. */
  private static final class Waiting implements Runnable {
    private final AifsClient client;
    private final AtomicBoolean ended = new AtomicBoolean();
    private double longestMillis;

    private Waiting(AifsClient client) {
      this.client = client;
    }

    @Override
    public void run() {
      for (int i = 0; !ended.get(); i++) {
        long start = System.nanoTime();
        var _ =
            client.tree().putFiles(Name.MAIN_BRANCH, List.of(file("beside/" + i, "beside " + i)));
        longestMillis = Math.max(longestMillis, millis(start));
      }
    }

    private double end(Thread thread) throws InterruptedException {
      ended.set(true);
      thread.join();
      return longestMillis;
    }
  }

  private static void small(AifsClient client, int count) {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      try (Transaction transaction = client.transactions().begin()) {
        var _ =
            transaction
                .client()
                .tree()
                .putFiles(Name.MAIN_BRANCH, List.of(file("small/" + i, "small " + i)));
        var _ = transaction.commit();
      }
    }
    System.out.printf(
        "%.0f transactions a second: begin, put of a file, commit, one after the other%n",
        count * 1_000 / millis(start));
    start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      List<FilePut> files = List.of(file("applied/" + i, "applied " + i));
      var _ =
          client
              .transactions()
              .apply(List.of(new TransactionStep.PutFiles(Name.MAIN_BRANCH, files)));
    }
    System.out.printf("%.0f a second in one call each%n", count * 1_000 / millis(start));
  }

  private static FilePut file(String path, String content) {
    return new FilePut(
        new TreePath(path),
        new FilePut.What.Data(content.getBytes(UTF_8)),
        FileAttributes.PLAIN_FILE);
  }

  private static double millis(long startNanos) {
    return (System.nanoTime() - startNanos) / NANOS_PER_MILLI;
  }

  private static List<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private TransactionBenchmark() {}
}
