package io.aifs.server.catalog.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.CatalogProblem;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SpaceRow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The check names what was planted, and nothing else. */
class CatalogCheckTest {
  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE asset SET path_count = 0 | says that no path ever named it",
        "UPDATE namespace_total SET assets = 3 | totals that differ",
        "UPDATE namespace_total SET content_bytes = 1 | totals that differ",
        "DELETE FROM namespace_total | totals that differ",
        "UPDATE asset SET born_at = 9 | in the events that made them",
        "UPDATE event SET type = 'other' | in the events that made them",
        "UPDATE tree_entry SET size = 8 | another size or kind",
        "UPDATE tree_entry SET type = 1 | another size or kind",
        "UPDATE tree_entry SET asset = zeroblob(32) | neither visible nor deleted",
        "DELETE FROM working_tree WHERE part = 1 | has no working state",
        "UPDATE working_tree SET branch = 7 | branch that does not exist",
        "UPDATE counter SET value = 0 WHERE name = 'layer' | above the highest number",
        "UPDATE edge SET parent = zeroblob(32) | has a parent that is neither",
        "UPDATE edge SET child = zeroblob(32) | has parents, but is neither",
        "UPDATE embedding SET asset = zeroblob(32) | has an embedding, but is not visible",
        "UPDATE embedding SET space = '5' | in a space that does not exist",
        "UPDATE embedding SET dimension = 5 | of another dimension than its space",
        "UPDATE space SET dimension = 5 | of another dimension than its space",
        "DELETE FROM space | in a space that does not exist",
        "UPDATE space SET namespace = 5 | embedding space 4 is in a namespace that does not",
        "INSERT INTO kept_embedding VALUES (1, zeroblob(32), 'x', '', 4, x'01', NULL, NULL)"
            + " | in a space that does not exist",
        "INSERT INTO kept_embedding VALUES (1, zeroblob(32), '4', '', 5, x'01', NULL, NULL)"
            + " | of another dimension than its space",
        "UPDATE counter SET value = 0 | newer than the newest",
        "UPDATE asset SET namespace = 5 | in a namespace that does not exist",
        "INSERT INTO policy VALUES (5, 1, '', 0, '', '') | of a namespace that does not exist",
        "INSERT INTO token_caveat VALUES (5, 0, 'a = b') | which does not exist",
        "INSERT INTO staged_step VALUES (zeroblob(16), 1, x'01') | has steps, but does not exist",
        "INSERT INTO staged_asset VALUES (zeroblob(16), zeroblob(32)) | has assets, but does not",
        "INSERT INTO staged_transaction VALUES (zeroblob(16), 1, '', 0, 0, 1, 1, 0, 1, 1, 1, 0, 0)"
            + " | steps are not all there",
        "INSERT INTO staged_transaction VALUES (zeroblob(16), 9, '', 1, 0, 1, 1, 0, 0, 0, 0, 0, 1)"
            + " | in a namespace that does not exist",
      })
  void plantedContradictionIsNamed(String sql, String finding) {
    try (SqliteCatalog catalog = filled()) {
      assertThat(catalog.check()).isEmpty();
    }
    try (Session session = source().writer()) {
      session.beginWrite();
      assertThat(session.update(sql)).isPositive();
      session.commit();
    }

    try (SqliteCatalog catalog = open()) {
      assertThat(catalog.check()).anyMatch(problem -> problem.sentence().contains(finding));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INSERT INTO condemned VALUES (zeroblob(16), 9, 1, x'01') | run that does not exist",
        "INSERT INTO condemned VALUES (x'%P', 1, 1, x'01') | run of another domain",
        "INSERT INTO condemned VALUES (zeroblob(16), 1, 1, x'01') | is not in the ledger",
        "INSERT INTO orphan VALUES (x'%P', 1) | is an orphan, but is in the ledger",
        "INSERT INTO kept_asset VALUES (1, zeroblob(32), 1, 1, 0, NULL, NULL) | is not deleted",
        "INSERT INTO kept_embedding VALUES (1, zeroblob(32), '4', '', 4, x'01', NULL, NULL)"
            + " | but is not kept",
      })
  void wrongAccountOfACollectionIsNamed(String sql, String finding) {
    String pack = "cd".repeat(16);
    try (SqliteCatalog catalog = filled()) {
      assertThat(catalog.check()).isEmpty();
    }
    try (Session session = source().writer()) {
      session.beginWrite();
      session.update("INSERT INTO pack VALUES (x'%s', zeroblob(16), 9, 1)".formatted(pack));
      session.update("INSERT INTO collection_run VALUES (1, x'%s', 1, 1, 1, 0)".formatted(pack));
      assertThat(session.update(sql.replace("%P", pack))).isPositive();
      session.commit();
    }

    try (SqliteCatalog catalog = open()) {
      assertThat(catalog.check())
          .allMatch(problem -> problem.kind() == CatalogProblem.Kind.COLLECTION)
          .anyMatch(problem -> problem.sentence().contains(finding));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE branch SET head = zeroblob(16) | branch main stands at a snapshot that is not there",
        "UPDATE branch SET head = x'%1' | stands elsewhere than where it last moved to",
        "UPDATE tag SET snapshot = zeroblob(16) | tag v1 names a snapshot that is not there",
        "UPDATE tag SET name = 'main' | name main is a branch and a tag",
        "UPDATE ref_move SET to_snapshot = zeroblob(16) | names a snapshot that never was",
        "UPDATE ref_move SET from_snapshot = x'%2' | begins elsewhere than the one before ended",
        "DELETE FROM ref_move WHERE sequence = 2 | begins elsewhere than the one before ended",
        "DELETE FROM ref_move | stands elsewhere than where it last moved to",
        "UPDATE snapshot SET parents = zeroblob(16) | has a parent that never was",
        "UPDATE snapshot SET generation = 3 | a generation that does not follow its parents'",
        "UPDATE snapshot SET generation = 1 | a generation that does not follow its parents'",
        "UPDATE snapshot SET namespace = 7 | in a namespace that does not exist",
        "UPDATE snapshot SET statement = NULL | stands at a snapshot that is not there",
      })
  void wrongHistoryIsNamed(String sql, String finding) {
    try (SqliteCatalog catalog = filled()) {
      HistoryRows.addTo(catalog);
      assertThat(catalog.check()).isEmpty();
    }
    try (Session session = source().writer()) {
      session.beginWrite();
      String planted =
          sql.replace("%1", HistoryRows.FIRST.hex()).replace("%2", HistoryRows.SECOND.hex());
      assertThat(session.update(planted)).isPositive();
      session.commit();
    }

    try (SqliteCatalog catalog = open()) {
      assertThat(catalog.check()).anyMatch(problem -> problem.sentence().contains(finding));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE association_count SET count = 9 WHERE type = 17 | run:größe is not how many",
        "DELETE FROM association_count WHERE type = 16 | associations of run:größe are not counted",
        "DELETE FROM association WHERE type = 17 | run:größe is not the same from its other end",
        "DELETE FROM association WHERE type = 16 | asset:%a is not the same from its other end",
        "UPDATE association SET age = 9 WHERE type = 17 | ref:main is not the same from its",
        "UPDATE association SET data = x'00' WHERE type = 16 | not the same from its other end",
        "UPDATE association SET type = 18 WHERE type = 16 | a type that is not declared",
        "UPDATE association_type SET inverse = NULL WHERE number = 16 | type made-by has an inverse",
        "DELETE FROM association_type WHERE number = 17 | type makes has an inverse that does not",
        "UPDATE association_type SET namespace = 7 | in a namespace that does not exist",
        "INSERT INTO association_count VALUES (1, x'04613a62', 16, 1) | a:b is not how many",
      })
  void wrongAssociationIsNamed(String sql, String finding) {
    try (SqliteCatalog catalog = filled()) {
      AssociationRows.addTo(catalog);
      assertThat(catalog.check()).isEmpty();
    }
    try (Session session = source().writer()) {
      session.beginWrite();
      assertThat(session.update(sql)).isPositive();
      session.commit();
    }

    String named = finding.replace("%a", id(-1).hex());
    try (SqliteCatalog catalog = open()) {
      assertThat(catalog.check()).anyMatch(problem -> problem.sentence().contains(named));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE asset SET path_count = 0",
        "UPDATE namespace_total SET assets = 3",
        "UPDATE namespace_total SET content_bytes = 1",
        "DELETE FROM namespace_total",
        "UPDATE counter SET value = 0 WHERE name = 'event'",
        "UPDATE association_count SET count = 9",
        "DELETE FROM association_count",
      })
  void countsAreSetRightByCountingAnew(String sql) {
    try (SqliteCatalog catalog = filled()) {
      AssociationRows.addTo(catalog);
      assertThat(catalog.check()).isEmpty();
    }
    try (Session session = source().writer()) {
      session.beginWrite();
      assertThat(session.update(sql)).isPositive();
      session.commit();
    }

    try (SqliteCatalog catalog = open()) {
      assertThat(catalog.check()).isNotEmpty();
      boolean done =
          catalog.write(
              writer -> {
                writer.damage().recount();
                return true;
              });
      assertThat(done).isTrue();
      assertThat(catalog.check()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE embedding SET asset = zeroblob(32)",
        "UPDATE embedding SET space = '5'",
        "UPDATE embedding SET dimension = 5",
        "DELETE FROM space",
        "UPDATE space SET namespace = 5",
      })
  void embeddingsAndSpacesOfWhichSomeAreLostAreMadeConsistent(String sql) {
    try (SqliteCatalog catalog = filled()) {
      assertThat(catalog.check()).isEmpty();
    }
    try (Session session = source().writer()) {
      session.beginWrite();
      assertThat(session.update(sql)).isPositive();
      session.commit();
    }

    try (SqliteCatalog catalog = open()) {
      assertThat(catalog.check()).isNotEmpty();
      var _ = catalog.repair(Instant.EPOCH);
      assertThat(catalog.check()).isEmpty();
    }
  }

  @Test
  void blobThatBecameTypedIsStillOneToThePathsThatItHad() {
    try (SqliteCatalog catalog = filled()) {
      assertThat(catalog.check()).isEmpty();
    }
    try (Session session = source().writer()) {
      session.beginWrite();
      session.update("UPDATE asset SET kind = 1");
      session.commit();
    }

    try (SqliteCatalog catalog = open()) {
      assertThat(catalog.check()).isEmpty();
    }
  }

  @Test
  void manyFindingsOfOneKindAreCutShort() {
    try (SqliteCatalog catalog = filled()) {
      assertThat(catalog.check()).isEmpty();
    }
    try (Session session = source().writer()) {
      session.beginWrite();
      for (int i = 0; i < 50; i++) {
        session.update("INSERT INTO edge VALUES (1, ?, zeroblob(32), '', '', 0)", id(i).toBytes());
      }
      session.commit();
    }

    try (SqliteCatalog catalog = open()) {
      assertThat(catalog.check())
          .filteredOn(problem -> problem.kind() == CatalogProblem.Kind.ASSET_LOST)
          .hasSize(40);
    }
  }

  private SqliteCatalog filled() {
    SqliteCatalog catalog = open();
    boolean done =
        catalog.write(
            writer -> {
              fill(writer);
              return true;
            });
    assertThat(done).isTrue();
    return catalog;
  }

  private static void fill(CatalogWriter writer) {
    long space =
        writer
            .namespaces()
            .create(
                new NamespaceRow(
                    0,
                    Name.DEFAULT_NAMESPACE,
                    "",
                    Instant.EPOCH,
                    Map.of(),
                    DomainId.fromBytes(new byte[DomainId.BYTES]),
                    ChunkerParameters.DEFAULT))
            .number();
    Digest id = id(-1);
    writer
        .assets()
        .putAll(
            space,
            List.of(
                new AssetRow(
                    id, AssetKind.BLOB, 7, Instant.EPOCH, 1, true, false, new byte[0], Map.of())));
    writer.assets().addParents(space, id, List.of(new ParentEdge(id, "self", "")), Instant.EPOCH);
    writer.embeddings().putSpace(space, new SpaceRow(EmbeddingSpace.ofDimension(4), Instant.EPOCH));
    writer.embeddings().put(space, new EmbeddingRow(id, "4", 4, id));
    TreeEntry file = new TreeEntry.File(id, AssetKind.BLOB, 7, FileAttributes.PLAIN_FILE);
    writer.tree().putAll(space, Name.MAIN_BRANCH, List.of(new PathEntry(new TreePath("p"), file)));
    writer
        .events()
        .append(new EventRow(0, space, EventRow.ASSET_PUT, Instant.EPOCH, List.of(id), Map.of()));
  }

  private static Digest id(int number) {
    return Digest.of(new byte[] {(byte) number});
  }

  private SqliteCatalog open() {
    return SqliteCatalog.open(dir.resolve("catalog.db"), SqliteOptions.DEFAULT);
  }

  private SessionSource source() {
    return new SessionSource(dir.resolve("catalog.db"), SqliteOptions.DEFAULT);
  }
}
