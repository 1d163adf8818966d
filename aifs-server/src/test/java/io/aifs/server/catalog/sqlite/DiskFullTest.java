package io.aifs.server.catalog.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.server.catalog.CatalogWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalog that may not grow any more. */
class DiskFullTest {
  private static final SqliteOptions SMALL = SqliteOptions.DEFAULT.withFileBytesMax(1 << 20);

  @TempDir Path dir;

  @Test
  void fullDiskIsNamedAndTheCatalogGoesOn() {
    try (SqliteCatalog catalog = SqliteCatalog.open(dir.resolve("c.db"), SMALL)) {
      assertThatThrownBy(() -> put(catalog, "big", 2 << 20))
          .isInstanceOfSatisfying(
              AifsException.LimitExceeded.class,
              full -> assertThat(full.reason()).isEqualTo(Reason.DISK_FULL));

      put(catalog, "small", 100);
      assertThat(names(catalog)).containsOnlyKeys("small");
      assertThat(catalog.check()).isEmpty();
    }
  }

  @Test
  void writesBesideOneThatFillsTheDiskSucceed() throws Exception {
    AtomicInteger full = new AtomicInteger();
    try (SqliteCatalog catalog = SqliteCatalog.open(dir.resolve("c.db"), SMALL)) {
      try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 100; i++) {
          int number = i;
          callers.execute(
              () -> {
                if (number % 10 == 5) {
                  assertThatThrownBy(() -> put(catalog, "big" + number, 2 << 20))
                      .isInstanceOf(AifsException.LimitExceeded.class);
                  full.incrementAndGet();
                } else {
                  put(catalog, "small" + number, 100);
                }
              });
        }
      }
      assertThat(full).hasValue(10);
      assertThat(names(catalog)).hasSize(90);
      assertThat(catalog.check()).isEmpty();
    }
  }

  private static void put(SqliteCatalog catalog, String name, int bytes) {
    boolean done =
        catalog.write(
            (CatalogWriter writer) -> {
              writer.ledger().putKeyFile(name, new byte[bytes]);
              return true;
            });
    assertThat(done).isTrue();
  }

  private static Map<String, byte[]> names(SqliteCatalog catalog) {
    return catalog.read(reader -> reader.ledger().keyFiles());
  }
}
