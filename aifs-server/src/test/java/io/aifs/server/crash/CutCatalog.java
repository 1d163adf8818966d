package io.aifs.server.crash;

import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogProblem;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.DumpVisitor;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.catalog.sqlite.SqliteOptions;
import io.aifs.server.engine.tree.TreeNodes;
import io.aifs.server.file.PowerCutException;
import io.aifs.server.file.Survival;
import io.aifs.server.file.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The real catalog on real files, on a machine whose power may go off: before, in the midst of and
 * after a write, with the files left as SQLite may have left them at that moment.
 */
final class CutCatalog implements Catalog {
  /** The log is folded in every few writes, so that cuts fall there too. */
  private static final SqliteOptions OPTIONS =
      new SqliteOptions(8, 10_000, 0, 1 << 20, 96 << 10, 50, 512, 20, 1L << 40);

  private final Path file;
  private final Timeline timeline;
  private final Random random;
  private final Catalog catalog;
  private @Nullable CatalogImage left;
  private boolean closed;

  private CutCatalog(Path file, Timeline timeline, Random random, Catalog catalog) {
    this.file = file;
    this.timeline = timeline;
    this.random = random;
    this.catalog = catalog;
  }

  static CutCatalog open(Path file, Timeline timeline, Random random, TreeNodes trees)
      throws PowerCutException {
    if (timeline.step(() -> "open the catalog")) {
      throw new PowerCutException("opening the catalog");
    }
    return new CutCatalog(file, timeline, random, SqliteCatalog.open(file, OPTIONS, trees));
  }

  /** What the power cut left of the files. To be asked before {@link #close}. */
  CatalogImage left() throws IOException {
    return left == null ? CatalogImage.read(file) : left;
  }

  @Override
  public <T> T read(Function<CatalogReader, T> function) {
    requirePower("read the catalog");
    return catalog.read(function);
  }

  @Override
  public <T> T readAside(Function<CatalogReader, T> function) {
    return catalog.readAside(function);
  }

  @Override
  public <T> T write(Function<CatalogWriter, T> function) {
    return step("catalog write", () -> catalog.write(function));
  }

  @Override
  public List<CatalogProblem> check() {
    requirePower("check the catalog");
    return catalog.check();
  }

  @Override
  public void dump(int pageBytes, DumpVisitor visitor) throws IOException {
    requirePower("dump the catalog");
    catalog.dump(pageBytes, visitor);
  }

  @Override
  public long storedBytes() {
    return catalog.storedBytes();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (!timeline.hasPower()) {
      letGo();
      return;
    }
    step(
        "close the catalog",
        () -> {
          catalog.close();
          return true;
        });
  }

  /** Closing changes the files: what the power cut left of them is taken first. */
  private void letGo() {
    try {
      left = left();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      catalog.close();
    }
  }

  private <T> T step(String what, Supplier<T> work) {
    try {
      if (!timeline.step(() -> what)) {
        return work.get();
      }
      cutInTheMidst(work);
      throw new PowerCutException(what);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void cutInTheMidst(Supplier<?> work) throws IOException {
    CatalogImage before = CatalogImage.read(file);
    Object _ = work.get();
    left = CatalogImage.between(before, CatalogImage.read(file), new Survival(random));
  }

  private void requirePower(String what) {
    try {
      timeline.requirePower(() -> what);
    } catch (PowerCutException e) {
      throw new UncheckedIOException(e);
    }
  }
}
