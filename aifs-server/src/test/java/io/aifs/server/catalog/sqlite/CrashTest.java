package io.aifs.server.catalog.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.Name;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.NamespaceRow;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left when the process ends without a close: the files as they are at that moment. */
class CrashTest {
  private static final int WRITES = 40;

  @TempDir Path dir;

  @Test
  void everyAcknowledgedWriteSurvivesAKill() throws IOException {
    Path copy = dir.resolve("copy.db");
    try (SqliteCatalog catalog = SqliteCatalog.open(dir.resolve("c.db"), SqliteOptions.DEFAULT)) {
      long space = createNamespace(catalog);
      for (int i = 0; i < WRITES; i++) {
        append(catalog, space, "t" + i);
        copyFiles(copy);
        assertThat(typesIn(copy)).hasSize(i + 1);
      }
    }
  }

  @Test
  void logCutAnywhereLeavesAPrefixOfTheWrites() throws IOException {
    Path copy = dir.resolve("copy.db");
    try (SqliteCatalog catalog = SqliteCatalog.open(dir.resolve("c.db"), SqliteOptions.DEFAULT)) {
      long space = createNamespace(catalog);
      // From here on all is in the log.
      for (int i = 0; i < WRITES; i++) {
        append(catalog, space, "t" + i);
      }
      long length = Files.size(dir.resolve("c.db-wal"));
      int before = WRITES;
      for (long cut = length; cut > length / 2; cut -= 7_001) {
        copyFiles(copy);
        try (RandomAccessFile log =
            new RandomAccessFile(dir.resolve("copy.db-wal").toFile(), "rw")) {
          log.setLength(cut);
        }
        List<String> types = typesIn(copy);
        assertThat(types).hasSizeLessThanOrEqualTo(before);
        for (int i = 0; i < types.size(); i++) {
          assertThat(types.get(i)).isEqualTo("t" + i);
        }
        before = types.size();
      }
      assertThat(before).isLessThan(WRITES);
    }
  }

  private void copyFiles(Path copy) throws IOException {
    for (String suffix : List.of("", "-wal")) {
      Files.copy(
          dir.resolve("c.db" + suffix),
          copy.resolveSibling(copy.getFileName() + suffix),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Files.deleteIfExists(copy.resolveSibling(copy.getFileName() + "-shm"));
  }

  private static List<String> typesIn(Path file) {
    try (SqliteCatalog catalog = SqliteCatalog.open(file, SqliteOptions.DEFAULT)) {
      assertThat(catalog.check()).isEmpty();
      return catalog.read(
          reader -> {
            Optional<NamespaceRow> space = reader.namespaces().find(Name.DEFAULT_NAMESPACE);
            return reader.events().after(space.orElseThrow().number(), 0, 1_000).stream()
                .map(EventRow::type)
                .toList();
          });
    }
  }

  private static long createNamespace(SqliteCatalog catalog) {
    NamespaceRow row =
        new NamespaceRow(
            0,
            Name.DEFAULT_NAMESPACE,
            "",
            Instant.EPOCH,
            Map.of(),
            DomainId.fromBytes(new byte[DomainId.BYTES]),
            ChunkerParameters.DEFAULT);
    return catalog.write(writer -> writer.namespaces().create(row)).number();
  }

  private static void append(SqliteCatalog catalog, long space, String type) {
    EventRow event = new EventRow(0, space, type, Instant.EPOCH, List.of(), Map.of());
    long sequence = catalog.write((CatalogWriter writer) -> writer.events().append(event));
    assertThat(sequence).isPositive();
  }
}
