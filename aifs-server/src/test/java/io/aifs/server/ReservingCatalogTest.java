package io.aifs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogContract;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.catalog.sqlite.SqliteOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A catalog like any other, but on a full disk. */
class ReservingCatalogTest extends CatalogContract {
  private int reserves = 1;

  @Override
  protected Catalog open(Path directory) {
    return ReservingCatalog.toFree(
        SqliteCatalog.open(directory.resolve("c.db"), SqliteOptions.DEFAULT), this::release);
  }

  private boolean release() {
    return reserves-- > 0;
  }

  private static AifsException full(Reason reason) {
    return new AifsException.LimitExceeded(reason, "full", "free some");
  }

  /** Succeeds unless {@code failures} runs are not over. */
  private int failing(int run, int failures, Reason reason) {
    if (run <= failures) {
      throw full(reason);
    }
    return run;
  }

  @Test
  void aWriteOnAFullDiskIsTriedOnceMoreWithTheReserve() {
    int[] runs = {0};
    assertThat(catalog.<Integer>write(_ -> failing(++runs[0], 1, Reason.DISK_FULL))).isEqualTo(2);
    assertThat(reserves).isZero();
    assertThatThrownBy(() -> catalog.<Integer>write(_ -> failing(1, 1, Reason.DISK_FULL)))
        .as("there is no reserve any more")
        .isInstanceOf(AifsException.LimitExceeded.class);
  }

  @Test
  void aReadOnAFullDiskIsTriedOnceMoreWithTheReserve() {
    int[] runs = {0};
    assertThat(catalog.<Integer>read(_ -> failing(++runs[0], 1, Reason.DISK_FULL))).isEqualTo(2);
    assertThat(reserves).isZero();
  }

  @Test
  void otherLimitsLeaveTheReserveAlone() {
    assertThatThrownBy(() -> catalog.<Integer>write(_ -> failing(1, 1, Reason.LIMIT_EXCEEDED)))
        .isInstanceOf(AifsException.LimitExceeded.class);
    assertThat(reserves).isEqualTo(1);
  }

  @Test
  void whoStoresDoesNotGetTheReserve() {
    Catalog storing = ReservingCatalog.toStore(catalog, this::release);
    reserves = 0; // the catalog behind it is one that frees: it must find none either
    assertThatThrownBy(() -> storing.<Integer>write(_ -> failing(1, 1, Reason.DISK_FULL)))
        .isInstanceOf(AifsException.LimitExceeded.class);
    int[] runs = {0};
    reserves = 1;
    assertThat(storing.<Integer>read(_ -> failing(++runs[0], 1, Reason.DISK_FULL))).isEqualTo(2);
  }
}
