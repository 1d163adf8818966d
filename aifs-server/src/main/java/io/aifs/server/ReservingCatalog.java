package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogProblem;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.DumpVisitor;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A catalog that, when it finds the disk full, has the reserve given up and tries once more. Reads
 * may need a little space too, where SQLite has to set up its shared memory anew. Writes get it if
 * they free space in the end, such as deletes; a put must not use up what a delete will need.
 */
final class ReservingCatalog implements Catalog {
  private final Catalog inner;
  private final BooleanSupplier releaseToRead;
  private final BooleanSupplier releaseToWrite;

  private ReservingCatalog(
      Catalog inner, BooleanSupplier releaseToRead, BooleanSupplier releaseToWrite) {
    this.inner = inner;
    this.releaseToRead = releaseToRead;
    this.releaseToWrite = releaseToWrite;
  }

  /**
   * For who stores things.
   *
   * @param releaseReserve returns whether there was one
   */
  static Catalog toStore(Catalog inner, BooleanSupplier releaseReserve) {
    return new ReservingCatalog(inner, releaseReserve, () -> false);
  }

  /** For who makes room. */
  static Catalog toFree(Catalog inner, BooleanSupplier releaseReserve) {
    return new ReservingCatalog(inner, releaseReserve, releaseReserve);
  }

  @Override
  public <T> T read(Function<CatalogReader, T> function) {
    try {
      return inner.read(function);
    } catch (AifsException.LimitExceeded e) {
      requireReleased(e, releaseToRead);
      return inner.read(function);
    }
  }

  @Override
  public <T> T readAside(Function<CatalogReader, T> function) {
    return inner.readAside(function);
  }

  @Override
  public <T> T write(Function<CatalogWriter, T> function) {
    try {
      return inner.write(function);
    } catch (AifsException.LimitExceeded e) {
      requireReleased(e, releaseToWrite);
      return inner.write(function);
    }
  }

  private static void requireReleased(
      AifsException.LimitExceeded failure, BooleanSupplier release) {
    if (failure.reason() != Reason.DISK_FULL || !release.getAsBoolean()) {
      throw failure;
    }
  }

  @Override
  public List<CatalogProblem> check() {
    return inner.check();
  }

  @Override
  public void dump(int pageBytes, DumpVisitor visitor) throws IOException {
    inner.dump(pageBytes, visitor);
  }

  @Override
  public long storedBytes() {
    return inner.storedBytes();
  }

  @Override
  public void close() {
    inner.close();
  }
}
