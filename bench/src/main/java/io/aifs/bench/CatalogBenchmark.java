package io.aifs.bench;

import io.aifs.core.model.AssetFilter;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetPage;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogProblem;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.catalog.sqlite.SqliteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * What a catalog with many small files costs: insert rate, bytes for each file, look-ups, pages.
 *
 * <p>Arguments: how many files (1,000,000 if absent); {@code shuffled} to put them in no order,
 * else they come in the order of the tree, as from a directory; {@code journal} to write one too.
 */
public final class CatalogBenchmark {
  private static final Name MAIN = Name.MAIN_BRANCH;
  private static final int BATCH = 1_000;
  private static final int LOOKUPS = 100_000;
  private static final int SINGLES = 20_000;
  private static final int CALLERS = 64;

  private final Random random = new Random(1);
  private final Path directory;
  private final Path file;
  private final boolean journaled;
  private final CatalogFiles files;

  private CatalogBenchmark(Path directory, int count, boolean shuffled, boolean journaled) {
    this.directory = directory;
    this.journaled = journaled;
    this.file = directory.resolve("catalog.db");
    List<TreePath> paths = new ArrayList<>(new SourceTreePaths(7).make(count));
    if (shuffled) {
      Collections.shuffle(paths, random);
    }
    this.files = new CatalogFiles(random);
    paths.forEach(files::add);
  }

  /** Runs in a new temporary directory, which is deleted at the end. */
  public static void main(String[] arguments) throws Exception {
    int files = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    boolean shuffled = Arrays.asList(arguments).contains("shuffled");
    boolean journaled = Arrays.asList(arguments).contains("journal");
    try (ScratchDirectory directory = ScratchDirectory.create("aifs-catalog-benchmark")) {
      new CatalogBenchmark(directory.path(), files, shuffled, journaled).run();
    }
  }

  private void run() throws Exception {
    double pathBytes =
        files.paths().stream().mapToInt(path -> path.toUtf8().length).average().orElse(0);
    print("files", "%,d", files.size());
    print("bytes of a path", "%.1f", pathBytes);
    measured(this::insert);
    print("bytes for each file", "%.1f", (double) Files.size(file) / files.size());
    measured(this::measureFull);
  }

  private void measureFull(Catalog catalog) {
    lookUp(catalog);
    list(catalog);
    insertSingly(catalog);
    long start = System.nanoTime();
    List<CatalogProblem> findings = catalog.check();
    print("check, s", "%.1f", (System.nanoTime() - start) / 1e9);
    print("findings", "%s", findings);
  }

  private void measured(Consumer<Catalog> work) throws IOException {
    if (journaled) {
      try (JournaledFile open = JournaledFile.open(directory)) {
        work.accept(open.catalog());
      }
    } else {
      try (Catalog open = SqliteCatalog.open(file, SqliteOptions.DEFAULT)) {
        work.accept(open);
      }
    }
  }

  private void insert(Catalog catalog) {
    files.createNamespace(catalog);
    List<Double> millis = new ArrayList<>();
    Duration cpu = cpuTime();
    long start = System.nanoTime();
    for (int from = 0; from < files.size(); from += BATCH) {
      int first = from;
      int end = Math.min(files.size(), from + BATCH);
      long before = System.nanoTime();
      long sequence = catalog.write(writer -> files.put(writer, first, end));
      millis.add((System.nanoTime() - before) / 1e6);
      if (sequence < 1) {
        throw new IllegalStateException("event has no sequence");
      }
    }
    print("inserts/s", "%,.0f", files.size() * 1e9 / (System.nanoTime() - start));
    print("CPU time of an insert, us", "%.1f", cpuTime().minus(cpu).toNanos() / 1e3 / files.size());
    Collections.sort(millis);
    print("batch of 1,000, ms p50", "%.2f", millis.get(millis.size() / 2));
    print("batch of 1,000, ms p99", "%.2f", millis.get(millis.size() * 99 / 100));
  }

  /** Of the whole process: it tells more than the clock when others use the machine. */
  private static Duration cpuTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Writes of one file each, from many callers at once. */
  private void insertSingly(Catalog catalog) {
    int first = files.size();
    for (int i = 0; i < SINGLES; i++) {
      files.add(new TreePath("single/" + i));
    }
    long start = System.nanoTime();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int caller = 0; caller < CALLERS; caller++) {
        int own = caller;
        callers.execute(
            () -> {
              for (int i = first + own; i < first + SINGLES; i += CALLERS) {
                int index = i;
                require(catalog.write(writer -> files.put(writer, index, index + 1)) > 0);
              }
            });
      }
    }
    print("writes of one file/s, 64 callers", "%,.0f", SINGLES * 1e9 / (System.nanoTime() - start));
  }

  private void lookUp(Catalog catalog) {
    print("look-ups by id/s", "%,.0f", rate(LOOKUPS, _ -> found(catalog, anyOf(files.ids()))));
    print(
        "look-ups by id/s, 1,000 to a read",
        "%,.0f",
        BATCH
            * rate(
                LOOKUPS / BATCH,
                _ -> {
                  List<Digest> wanted = new ArrayList<>();
                  for (int i = 0; i < BATCH; i++) {
                    wanted.add(anyOf(files.ids()));
                  }
                  require(
                      catalog.read(reader -> reader.assets().findAll(files.space(), wanted)).size()
                          > 0);
                }));
    print(
        "look-ups by path/s",
        "%,.0f",
        rate(
            LOOKUPS,
            _ -> {
              TreePath path = anyOf(files.paths());
              Optional<PathEntry> entry =
                  catalog.read(reader -> reader.tree().find(files.space(), MAIN, path));
              require(entry.isPresent());
            }));
  }

  private void found(Catalog catalog, Digest id) {
    Optional<AssetRow> row = catalog.read(reader -> reader.assets().find(files.space(), id));
    require(row.isPresent());
  }

  private void list(Catalog catalog) {
    for (int skip : new int[] {0, 10_000}) {
      print(
          "newest 100 after " + skip + ", ms",
          "%.3f",
          1e3
              / rate(
                  200,
                  _ -> {
                    AssetPage page =
                        catalog.read(
                            reader ->
                                reader
                                    .assets()
                                    .list(
                                        files.space(),
                                        AssetFilter.ALL,
                                        Optional.empty(),
                                        skip,
                                        100));
                    require(page.assets().size() == 100);
                  }));
    }
    print("names in the root, ms", "%.3f", 1e3 / rate(200, _ -> children(catalog, TreePath.ROOT)));
    print(
        "names in a directory, ms",
        "%.3f",
        1e3 / rate(2_000, _ -> children(catalog, anyOf(files.paths()).parent())));
    print(
        "totals, ms",
        "%.4f",
        1e3
            / rate(
                2_000,
                _ ->
                    require(
                        catalog.read(reader -> reader.assets().totals(files.space())).assets()
                            == files.size())));
  }

  private void children(Catalog catalog, TreePath directory) {
    List<PathEntry> names =
        catalog.read(
            reader ->
                reader.tree().children(files.space(), MAIN, directory, Optional.empty(), 100));
    require(!names.isEmpty());
  }

  /** Calls for each second, after as many again to warm up. */
  private static double rate(int calls, IntConsumer call) {
    for (int i = 0; i < calls; i++) {
      call.accept(i);
    }
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      call.accept(i);
    }
    return calls * 1e9 / (System.nanoTime() - start);
  }

  private <T> T anyOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("the catalog answered wrongly");
    }
  }

  private static void print(String what, String format, Object value) {
    System.out.printf("%-36s " + format + "%n", what, value);
  }
}
