package io.aifs.server.catalog.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.aifs.core.AifsException;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogWorkload;
import io.aifs.server.catalog.DumpText;
import io.aifs.server.catalog.DumpVisitor;
import io.aifs.server.catalog.EdgeRow;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.LineageSide;
import io.aifs.server.catalog.SpaceRow;
import io.aifs.server.catalog.TablePage;
import io.aifs.server.catalog.journal.TablePageCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
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

  /** The child says it, visible or deleted; of one that nothing is kept of nobody knows. */
  @Test
  void edgesWithoutATimeGetTheirChilds() {
    Path copy = dir.resolve("copy.db");
    byte[] visible = id("visible");
    byte[] deleted = id("deleted");
    byte[] gone = id("gone");
    try (SqliteCatalogLoad load = SqliteCatalogLoad.begin(copy, 6)) {
      load.add(
          new TablePage(
              "asset",
              List.of(
                  "namespace",
                  "id",
                  "kind",
                  "size",
                  "created_at",
                  "born_at",
                  "unnamed",
                  "path_count",
                  "manifest",
                  "metadata"),
              List.of(Arrays.asList(1L, visible, 0L, 7L, 1_000L, 1L, 0L, 0L, null, null))));
      load.add(
          new TablePage(
              "kept_asset",
              List.of(
                  "namespace", "id", "sequence", "created_at", "unnamed", "manifest", "metadata"),
              List.of(Arrays.asList(1L, deleted, 1L, 2_000L, 0L, null, null))));
      load.add(
          new TablePage(
              "edge",
              List.of("namespace", "child", "parent", "transform_name", "transform_digest"),
              List.of(edgeOf(visible), edgeOf(deleted), edgeOf(gone))));
    }
    try (SqliteCatalog loaded = SqliteCatalog.open(copy, SqliteOptions.DEFAULT)) {
      List<EdgeRow> edges =
          loaded.read(
              reader ->
                  reader
                      .lineage()
                      .edges(
                          1,
                          LineageSide.CHILDREN,
                          Digest.fromBytes(id("p")),
                          Optional.empty(),
                          10));
      assertThat(edges)
          .extracting(edge -> edge.child(), edge -> edge.at())
          .containsExactly(
              tuple(Digest.fromBytes(deleted), Instant.EPOCH.plusNanos(2_000)),
              tuple(Digest.fromBytes(visible), Instant.EPOCH.plusNanos(1_000)),
              tuple(Digest.fromBytes(gone), Instant.EPOCH));
    }
  }

  /** A space was its name: what is embedded in it says the rest. */
  @Test
  void embeddingsFromBeforeThereWereSpacesGetOne() {
    Path copy = dir.resolve("copy.db");
    byte[] visible = id("visible");
    byte[] deleted = id("deleted");
    byte[] content = id("content");
    List<String> columns = List.of("namespace", "asset", "space", "dimension", "content");
    try (SqliteCatalogLoad load = SqliteCatalogLoad.begin(copy, 13)) {
      load.add(
          new TablePage(
              "asset",
              List.of(
                  "namespace",
                  "id",
                  "kind",
                  "size",
                  "created_at",
                  "born_at",
                  "unnamed",
                  "path_count",
                  "manifest",
                  "metadata"),
              List.of(Arrays.asList(1L, visible, 0L, 7L, 1_000L, 1L, 0L, 0L, null, null))));
      load.add(
          new TablePage("embedding", columns, List.of(List.of(1L, visible, "384", 384L, content))));
      load.add(
          new TablePage(
              "kept_embedding", columns, List.of(List.of(1L, deleted, "512", 512L, content))));
    }
    try (SqliteCatalog loaded = SqliteCatalog.open(copy, SqliteOptions.DEFAULT)) {
      assertThat(loaded.<List<SpaceRow>>read(reader -> reader.embeddings().spaces(1)))
          .containsExactly(
              new SpaceRow(EmbeddingSpace.ofDimension(384), Instant.EPOCH.plusNanos(1_000)),
              new SpaceRow(EmbeddingSpace.ofDimension(512), Instant.EPOCH));
      Digest asset = Digest.fromBytes(visible);
      assertThat(loaded.<List<EmbeddingRow>>read(reader -> reader.assets().embeddings(1, asset)))
          .containsExactly(new EmbeddingRow(asset, "384", 384, Digest.fromBytes(content)));
    }
  }

  private static List<@Nullable Object> edgeOf(byte[] child) {
    return Arrays.asList(1L, child, id("p"), "t", "");
  }

  private static byte[] id(String content) {
    return Digest.of(content.getBytes(StandardCharsets.UTF_8)).toBytes();
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
