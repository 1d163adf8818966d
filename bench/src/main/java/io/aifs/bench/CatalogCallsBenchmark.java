package io.aifs.bench;

import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.catalog.sqlite.SqliteOptions;
import java.io.IOException;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Calls of a catalog of 100,000 small files, without the journal; {@link CatalogBenchmark} tells of
 * larger ones, of bytes and of the journal.
 */
@State(Scope.Thread)
public class CatalogCallsBenchmark {
  private static final int FILES = 100_000;
  private static final int BATCH = 1_000;

  private final Random random = new Random(1);
  private final CatalogFiles files = new CatalogFiles(random);
  private final ScratchDirectory directory = ScratchDirectory.create("aifs-catalog-calls");
  private final Catalog catalog;

  /** Opens an empty catalog in a temporary directory. */
  public CatalogCallsBenchmark() {
    catalog = SqliteCatalog.open(directory.path().resolve("catalog.db"), SqliteOptions.DEFAULT);
  }

  /** Puts the files. */
  @Setup
  public void fill() {
    files.createNamespace(catalog);
    new SourceTreePaths(7).make(FILES).forEach(files::add);
    for (int from = 0; from < FILES; from += BATCH) {
      put(from);
    }
  }

  /** Deletes the catalog. */
  @TearDown
  public void close() throws IOException {
    catalog.close();
    directory.close();
  }

  @Benchmark
  public Object findAsset() {
    Digest id = files.ids().get(random.nextInt(FILES));
    return catalog.read(reader -> reader.assets().find(files.space(), id));
  }

  @Benchmark
  public Object findPath() {
    TreePath path = files.paths().get(random.nextInt(FILES));
    return catalog.read(reader -> reader.tree().find(files.space(), Name.MAIN_BRANCH, path));
  }

  /** Puts new files, so many in one transaction. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long insert() {
    int first = files.size();
    for (int i = first; i < first + BATCH; i++) {
      files.add(new TreePath("new/%06d/%06d".formatted(first, i)));
    }
    return put(first);
  }

  private long put(int first) {
    return catalog.write(writer -> files.put(writer, first, first + BATCH));
  }
}
