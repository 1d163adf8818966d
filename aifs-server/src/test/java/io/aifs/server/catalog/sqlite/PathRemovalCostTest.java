package io.aifs.server.catalog.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.AssetPaths;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.layer.TreeBase;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

/** What a forced delete costs, counted in steps of the database's own machine. */
class PathRemovalCostTest {
  private static final Digest WANTED = Digest.of(new byte[] {1});
  private static final Digest OTHER = Digest.of(new byte[] {2});
  private static final int STEPS_COUNTED = 10;

  @TempDir Path directory;

  @Test
  void twiceTheTreeWithTwiceThePathsCostsTwiceNotFourTimes() throws Exception {
    assertThat(steps(2_000)).isBetween(1L, 3 * steps(1_000));
  }

  /** Steps that it takes to remove {@code paths} paths behind as many of another asset. */
  private long steps(int paths) throws Exception {
    Path file = directory.resolve(paths + ".db");
    long namespace = fill(file, paths);
    AtomicLong steps = new AtomicLong();
    ProgressHandler counter =
        new ProgressHandler() {
          @Override
          protected int progress() {
            steps.addAndGet(STEPS_COUNTED);
            return 0;
          }
        };
    try (Connection connection = new SessionSource(file, SqliteOptions.DEFAULT).connect();
        Session session = new Session(connection, file)) {
      session.beginWrite();
      ProgressHandler.setHandler(connection, STEPS_COUNTED, counter);
      SqliteTreeWriter tree = new SqliteTreeWriter(session, TreeBase.ABSENT);
      List<TreePath> named =
          tree
              .pathsOf(namespace, Set.of(WANTED), Integer.MAX_VALUE)
              .getOrDefault(WANTED, AssetPaths.NONE)
              .some()
              .stream()
              .map(AssetPaths.Place::path)
              .toList();
      assertThat(tree.removeAll(namespace, Name.MAIN_BRANCH, named)).isEqualTo(paths);
      ProgressHandler.clearHandler(connection);
      session.rollback();
    }
    return steps.get();
  }

  private static long fill(Path file, int paths) {
    try (SqliteCatalog catalog = SqliteCatalog.open(file, SqliteOptions.DEFAULT)) {
      return catalog.write(writer -> fill(writer, paths));
    }
  }

  private static long fill(CatalogWriter writer, int paths) {
    long namespace = writer.namespaces().create(namespace()).number();
    writer.assets().putAll(namespace, List.of(asset(WANTED), asset(OTHER)));
    List<PathEntry> entries = new ArrayList<>();
    for (int i = 0; i < paths; i++) {
      entries.add(entry("first/" + i, OTHER));
      entries.add(entry("then/" + i, WANTED));
    }
    writer.tree().putAll(namespace, Name.MAIN_BRANCH, entries);
    return namespace;
  }

  private static NamespaceRow namespace() {
    return new NamespaceRow(
        0,
        Name.DEFAULT_NAMESPACE,
        "",
        Instant.EPOCH,
        Map.of(),
        DomainId.parse("d0".repeat(16)),
        ChunkerParameters.DEFAULT);
  }

  private static AssetRow asset(Digest id) {
    return new AssetRow(
        id, AssetKind.BLOB, 1, Instant.EPOCH, 0, false, false, new byte[0], Map.of());
  }

  private static PathEntry entry(String path, Digest asset) {
    return new PathEntry(
        new TreePath(path),
        new TreeEntry.File(asset, AssetKind.BLOB, 1, FileAttributes.PLAIN_FILE));
  }
}
