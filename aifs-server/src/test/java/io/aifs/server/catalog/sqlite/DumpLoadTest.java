package io.aifs.server.catalog.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogWorkload;
import io.aifs.server.catalog.DumpText;
import io.aifs.server.catalog.DumpVisitor;
import io.aifs.server.catalog.TablePage;
import io.aifs.server.catalog.journal.TablePageCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is dumped and loaded is the same catalog. */
class DumpLoadTest {
  @TempDir Path dir;

  private static byte[] bytes(Catalog catalog, int pageBytes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (TablePage page : pages(catalog, pageBytes)) {
      bytes.write(TablePageCodec.encode(page));
    }
    return bytes.toByteArray();
  }

  private static List<TablePage> pages(Catalog catalog, int pageBytes) throws IOException {
    List<TablePage> pages = new ArrayList<>();
    catalog.dump(
        pageBytes,
        new DumpVisitor() {
          @Override
          public void begin(int format, long sequence) {
            assertThat(format).isEqualTo(Migrations.FORMAT);
          }

          @Override
          public void page(TablePage page) {
            pages.add(page);
          }
        });
    return pages;
  }

  @RepeatedTest(5)
  void dumpLoadDumpIsByteEqual() throws IOException {
    long seed = SeededTest.seed();
    CatalogWorkload workload = new CatalogWorkload(new Random(seed));
    try (SqliteCatalog catalog =
        SqliteCatalog.open(dir.resolve("catalog.db"), SqliteOptions.DEFAULT)) {
      for (int i = 0; i < 60; i++) {
        workload.step(catalog);
      }
      Path copy = dir.resolve("copy.db");
      try (SqliteCatalogLoad load = SqliteCatalogLoad.begin(copy, Migrations.FORMAT)) {
        for (TablePage page : pages(catalog, 500)) {
          load.add(TablePageCodec.decode(TablePageCodec.encode(page)));
        }
      }
      try (SqliteCatalog loaded = SqliteCatalog.open(copy, SqliteOptions.DEFAULT)) {
        assertThat(bytes(loaded, 4_096)).as("seed %s", seed).isEqualTo(bytes(catalog, 4_096));
        assertThat(loaded.check()).isEmpty();
        workload.step(catalog);
      }
    }
  }

  @Test
  void rowsOfTheFirstFormatAreBroughtUpToDate() {
    Path copy = dir.resolve("copy.db");
    try (SqliteCatalogLoad load = SqliteCatalogLoad.begin(copy, 1)) {
      load.add(new TablePage("counter", List.of("name", "value"), List.of(List.of("event", 41L))));
    }
    try (SqliteCatalog loaded = SqliteCatalog.open(copy, SqliteOptions.DEFAULT)) {
      assertThat(loaded.<Long>read(reader -> reader.events().newest())).isEqualTo(41);
      assertThat(DumpText.of(loaded)).contains("counter|journal|0");
    }
  }

  @Test
  void rowsThatDoNotFitAreRefused() {
    try (SqliteCatalogLoad load =
        SqliteCatalogLoad.begin(dir.resolve("copy.db"), Migrations.FORMAT)) {
      assertThatThrownBy(() -> load.add(new TablePage("sqlite_schema", List.of("name"), List.of())))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> load.add(new TablePage("counter", List.of("name; DROP"), List.of())))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> SqliteCatalogLoad.begin(dir.resolve("later.db"), 999))
        .isInstanceOf(AifsException.Unsupported.class);
    assertThat(dir.resolve("later.db")).doesNotExist();
  }
}
