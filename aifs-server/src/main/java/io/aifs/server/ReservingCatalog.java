package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CatalogWriter;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A catalog that, when it finds the disk full, has the reserve given up and tries once more: so a
 * delete gets through, and whoever freed nothing yet can begin to.
 */
final class ReservingCatalog implements Catalog {
  private final Catalog inner;
  private final BooleanSupplier releaseReserve;

  /**
   * @param releaseReserve returns whether there was one
   */
  ReservingCatalog(Catalog inner, BooleanSupplier releaseReserve) {
    this.inner = inner;
    this.releaseReserve = releaseReserve;
  }

  @Override
  public <T> T read(Function<CatalogReader, T> function) {
    try {
      return inner.read(function);
    } catch (AifsException.LimitExceeded e) {
      requireReleased(e);
      return inner.read(function);
    }
  }

  @Override
  public <T> T write(Function<CatalogWriter, T> function) {
    try {
      return inner.write(function);
    } catch (AifsException.LimitExceeded e) {
      requireReleased(e);
      return inner.write(function);
    }
  }

  private void requireReleased(AifsException.LimitExceeded failure) {
    if (failure.reason() != Reason.DISK_FULL || !releaseReserve.getAsBoolean()) {
      throw failure;
    }
  }

  @Override
  public List<String> check() {
    return inner.check();
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
