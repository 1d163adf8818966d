package io.aifs.server.catalog.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.FakeTrees;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.TreePart;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a directory with very many files costs a few rows, whatever is in it. */
class LargeDirectoryTest {
  private static final Name MAIN = Name.MAIN_BRANCH;
  private static final int FILES = 1_000_000;
  private static final int ROWS_MAX = 4;

  @TempDir Path directory;

  private SqliteCatalog catalog;
  private long space;

  @BeforeEach
  void makeDirectory() {
    TreeMap<TreePath, TreeEntry> entries = new TreeMap<>();
    TreeEntry file =
        new TreeEntry.File(Digest.of(new byte[0]), AssetKind.BLOB, 7, FileAttributes.PLAIN_FILE);
    for (int i = 0; i < FILES; i++) {
      entries.put(new TreePath("big/" + i), file);
    }
    entries.put(new TreePath("small"), file);
    FakeTrees trees = new FakeTrees();
    TreeRoot root = trees.keep(entries);
    catalog = SqliteCatalog.open(directory.resolve("c.db"), SqliteOptions.DEFAULT, trees);
    space =
        catalog.write(
            writer -> {
              long number =
                  writer
                      .namespaces()
                      .create(
                          new NamespaceRow(
                              0,
                              Name.DEFAULT_NAMESPACE,
                              "",
                              Instant.EPOCH,
                              Map.of(),
                              DomainId.parse("d0".repeat(16)),
                              ChunkerParameters.DEFAULT))
                      .number();
              writer.tree().reset(number, MAIN, new SnapshotRoots(root, TreeRoot.EMPTY));
              return number;
            });
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  @Test
  void aMoveIsAFewRowsAndShowsEverything() {
    long moved =
        catalog.write(
            writer -> writer.tree().move(space, MAIN, new TreePath("big"), new TreePath("a/b")));

    assertThat(moved).isEqualTo(FILES);
    assertThat(rows()).isLessThanOrEqualTo(ROWS_MAX);
    assertThat(find("a/b/999999")).isPresent();
    assertThat(find("big")).isEmpty();
  }

  @Test
  void aRemovalIsAFewRowsAndHidesEverything() {
    long removed =
        catalog.write(writer -> writer.tree().removeBelow(space, MAIN, new TreePath("big")));

    assertThat(removed).isEqualTo(FILES);
    assertThat(rows()).isLessThanOrEqualTo(ROWS_MAX);
    List<PathEntry> left =
        catalog.read(
            reader -> reader.tree().walk(space, MAIN, TreePath.ROOT, Optional.empty(), 10));
    assertThat(left).extracting(entry -> entry.path().value()).containsExactly("small");
  }

  private long rows() {
    return catalog.read(
        reader ->
            reader
                .working()
                .rowCount(
                    reader.working().tree(space, MAIN, TreePart.PATHS).orElseThrow().layer(),
                    FILES));
  }

  private Optional<PathEntry> find(String path) {
    return catalog.read(reader -> reader.tree().find(space, MAIN, new TreePath(path)));
  }
}
