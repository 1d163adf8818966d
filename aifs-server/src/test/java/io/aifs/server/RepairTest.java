package io.aifs.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.Content;
import io.aifs.client.FilePut;
import io.aifs.client.Maintenance.CheckEvent.Finding;
import io.aifs.client.Maintenance.CheckSummary;
import io.aifs.client.PutOptions;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What fsck finds and can set right without losing anything: it does so only when told to. */
class RepairTest {
  @TempDir Path home;

  private StoreOptions options;

  @BeforeEach
  void makeStore() {
    options =
        new StoreOptions(
            home.resolve("data"),
            Name.DEFAULT_NAMESPACE,
            home.resolve("config"),
            home.resolve("state"),
            new RootKeySettings.KeyFile(Optional.empty()),
            Optional.empty());
    StoreCreation.init(options, false);
    try (AifsClient client = EmbeddedAifs.open(options)) {
      client.assets().put(PutOptions.blob(), Content.of(new byte[] {1, 2, 3}));
      client
          .tree()
          .putFiles(
              Name.MAIN_BRANCH,
              List.of(
                  new FilePut(
                      new TreePath("p"),
                      new FilePut.What.Data(new byte[] {4, 5}),
                      FileAttributes.PLAIN_FILE)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE namespace_total SET assets = 9 | totals-wrong | recount",
        "UPDATE asset SET path_count = 0 | path-counts-wrong | recount",
        "UPDATE counter SET value = 0 WHERE name = 'event' | event-counter-wrong | recount",
        "INSERT INTO edge SELECT namespace, id, zeroblob(32), 't', '', 0 FROM asset"
            + " | asset-lost | tombstone",
        "UPDATE tree_entry SET asset = zeroblob(32) | asset-lost | tombstone",
      })
  void rowsAreSetRight(String sql, String code, String fix) throws SQLException {
    String database = "jdbc:sqlite:" + home.resolve("data/catalog.db");
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
    boolean lost = code.equals("asset-lost");
    try (AifsClient client = EmbeddedAifs.open(options)) {
      List<Finding> seen = new ArrayList<>();
      CheckSummary only = fsck(client, false, seen);
      assertThat(only.repaired()).isZero();
      assertThat(seen).anyMatch(is(code, fix, false)).noneMatch(Finding::fixed);
      List<Finding> fixed = new ArrayList<>();
      CheckSummary repaired = fsck(client, true, fixed);
      assertThat(fixed).anyMatch(is(code, fix, true));
      assertThat(repaired.repaired()).isPositive();
      assertThat(repaired.warnings()).isZero();
      assertThat(repaired.damaged() > 0).isEqualTo(lost);
      List<Finding> after = new ArrayList<>();
      fsck(client, false, after);
      assertThat(after).isEmpty();
    }
  }

  private static Predicate<Finding> is(String code, String fix, boolean fixed) {
    return finding ->
        finding.code().equals(code) && finding.fix().equals(fix) && finding.fixed() == fixed;
  }

  @Test
  void damagedKeyFilesAndFormatAreWrittenFromTheirCopies() throws IOException {
    List<Path> files = new ArrayList<>(List.of(home.resolve("data/FORMAT")));
    try (Stream<Path> keys = Files.walk(home.resolve("data/keys"))) {
      keys.filter(Files::isRegularFile).forEach(files::add);
    }
    assertThat(files).hasSizeGreaterThan(3);
    try (AifsClient client = EmbeddedAifs.open(options)) {
      for (Path file : files) {
        byte[] right = Files.readAllBytes(file);
        byte[] wrong = right.clone();
        wrong[wrong.length / 2] ^= 1;
        Files.write(file, wrong);
        List<Finding> seen = new ArrayList<>();
        assertThat(fsck(client, false, seen).warnings()).as(file.toString()).isEqualTo(1);
        assertThat(Files.readAllBytes(file)).isEqualTo(wrong);
        List<Finding> fixed = new ArrayList<>();
        CheckSummary repaired = fsck(client, true, fixed);
        assertThat(repaired.warnings()).as(fixed.toString()).isZero();
        assertThat(fixed).singleElement().matches(Finding::fixed);
        assertThat(Files.readAllBytes(file)).isEqualTo(right);
      }
    }
  }

  private static CheckSummary fsck(AifsClient client, boolean repair, List<Finding> findings) {
    return client
        .maintenance()
        .fsck(false, repair, event -> CheckFindings.collect(event, findings));
  }
}
