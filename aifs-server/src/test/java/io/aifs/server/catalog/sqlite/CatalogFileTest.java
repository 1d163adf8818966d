package io.aifs.server.catalog.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.server.catalog.CatalogProblem;
import io.aifs.server.catalog.CatalogReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a catalog: who may read them, and what is opened and what is not. */
class CatalogFileTest {
  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = dir.resolve("catalog.db");
  }

  @Test
  void everyFileIsForItsOwnerAlone() throws IOException {
    try (SqliteCatalog catalog = open()) {
      setStoreId(catalog, "one");
      assertThat(modes()).hasSize(3).containsOnly("rw-------");
      assertThat(catalog.storedBytes()).isGreaterThan(0);
      assertThat(catalog.check()).isEmpty();
    }
    assertThat(modes()).containsOnly("rw-------");
  }

  @Test
  void fileThatOthersCouldReadIsTightened() throws IOException {
    open().close();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    open().close();

    assertThat(modes()).containsOnly("rw-------");
  }

  private List<String> modes() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.map(CatalogFileTest::mode).toList();
    }
  }

  private static String mode(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void pathMayHoldAnyCharacter() throws IOException {
    Path odd = Files.createDirectories(dir.resolve("a?b=c&d #%41 ü☃")).resolve("catalog.db");
    try (SqliteCatalog catalog = SqliteCatalog.open(odd, SqliteOptions.DEFAULT)) {
      setStoreId(catalog, "odd");
      assertThat(catalog.check()).isEmpty();
    }

    assertThat(odd).isNotEmptyFile();
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void directoryThatDoesNotExistIsNamed() {
    assertThatThrownBy(
            () -> SqliteCatalog.open(dir.resolve("none/catalog.db"), SqliteOptions.DEFAULT))
        .isInstanceOf(AifsException.Failed.class)
        .hasMessageContaining("none");
  }

  @Test
  void newerFormatIsRefusedAndLeftAsItIs() throws Exception {
    open().close();
    run("PRAGMA user_version = 99");
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(this::open)
        .isInstanceOf(AifsException.Unsupported.class)
        .hasMessageContaining("format 99")
        .extracting(e -> ((AifsException) e).reason())
        .isEqualTo(Reason.FORMAT_NEWER);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void otherDatabaseIsNotTakenForACatalog() throws Exception {
    run("CREATE TABLE contact (name TEXT)");

    assertDamaged(this::open);
    run("SELECT name FROM contact");
  }

  @Test
  void openingAgainChangesNothing() {
    try (SqliteCatalog catalog = open()) {
      setStoreId(catalog, "one");
    }
    try (SqliteCatalog catalog = open()) {
      assertThat(catalog.<Object>read(CatalogReader::storeId)).isEqualTo(Optional.of("one"));
      assertThat(catalog.check()).isEmpty();
    }
  }

  @Test
  void garbageIsNamedAsDamage() throws IOException {
    Files.writeString(file, "this is not a database, whatever it is called\n".repeat(200));

    assertDamaged(this::open);
  }

  @Test
  void fileCutShortIsNamedAsDamage() throws IOException {
    open().close();
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.setLength(access.length() - SqliteOptions.PAGE_BYTES);
    }

    assertDamaged(this::open);
  }

  @Test
  void everyOverwrittenPageIsNamedAtOpenOrByTheCheck() throws IOException {
    open().close();
    byte[] whole = Files.readAllBytes(file);
    assertThat(whole.length).isGreaterThan(10 * SqliteOptions.PAGE_BYTES);
    for (int page = 0; page < whole.length; page += SqliteOptions.PAGE_BYTES) {
      byte[] damaged = whole.clone();
      Arrays.fill(damaged, page, page + 8, (byte) 99);
      Files.write(file, damaged);

      assertDamaged(
          () -> {
            try (SqliteCatalog catalog = open()) {
              for (CatalogProblem finding : catalog.check()) {
                throw SqliteFailure.damaged(file, finding.sentence());
              }
            }
          });
    }
  }

  private static void assertDamaged(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AifsException.Corrupt.class,
            damage -> {
              assertThat(damage.reason()).isEqualTo(Reason.CATALOG_DAMAGED);
              assertThat(damage.hint()).contains("fsck --rebuild-catalog");
            });
  }

  private SqliteCatalog open() {
    return SqliteCatalog.open(file, SqliteOptions.DEFAULT);
  }

  private static void setStoreId(SqliteCatalog catalog, String id) {
    boolean done =
        catalog.write(
            writer -> {
              writer.setStoreId(id);
              return true;
            });
    assertThat(done).isTrue();
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
