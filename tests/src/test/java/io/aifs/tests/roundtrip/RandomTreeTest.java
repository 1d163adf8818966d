package io.aifs.tests.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.testing.SeededTest;
import io.aifs.tests.harness.CliProcess;
import io.aifs.tests.harness.RandomTree;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import io.aifs.tests.harness.TestSizes;
import io.aifs.tests.harness.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole directory trees through the command. */
class RandomTreeTest {
  private static final String TREE = "aifs://default/main/tree";
  private static final int ENTRIES = TestSizes.pick(400, 5_000);
  private static final int FILE_BYTES_MAX = TestSizes.pick(600_000, 3_000_000);

  @TempDir Path temporary;

  @Test
  void aTreeReturnsIdenticalFromADirectory() {
    SeededTest.run(
        TestSizes.pick(2, 10),
        random -> {
          Path root = Files.createTempDirectory(temporary, "embedded");
          StoreUnderTest store = StoreUnderTest.create(root.resolve("store"));
          Map<String, String> before = write(random, root.resolve("source"));
          cli(store, "put", source(root), TREE);
          cli(store, "get", TREE, copy(root));
          assertThat(Trees.describe(root.resolve("copy"))).isEqualTo(before);
          assertThat(Trees.describe(root.resolve("source"))).as("the source").isEqualTo(before);
          cli(store, "verify", "--all");
          store.requireClean();
        });
  }

  @Test
  void aTreeReturnsIdenticalFromAServer() {
    SeededTest.run(
        TestSizes.pick(1, 5),
        random -> {
          Path root = Files.createTempDirectory(temporary, "served");
          StoreUnderTest store = StoreUnderTest.create(root.resolve("store"));
          Map<String, String> before = write(random, root.resolve("source"));
          try (ServerProcess server = ServerProcess.start(store, 256)) {
            remote(store, server, "put", source(root), TREE);
            remote(store, server, "get", TREE, copy(root));
            assertThat(Trees.describe(root.resolve("copy"))).isEqualTo(before);
          }
          store.requireClean();
        });
  }

  @Test
  void aTreePutAgainAddsNothingAndAChangedFileReturnsChanged() {
    SeededTest.run(
        1,
        random -> {
          Path root = Files.createTempDirectory(temporary, "again");
          StoreUnderTest store = StoreUnderTest.create(root.resolve("store"));
          write(random, root.resolve("source"));
          cli(store, "put", source(root), TREE);
          long packBytes = packBytes(store);
          cli(store, "put", source(root), TREE);
          assertThat(packBytes(store) - packBytes)
              .as("bytes that a second put adds")
              .isLessThan(4_096);
          Files.writeString(root.resolve("source/plain.txt"), "changed");
          cli(store, "put", source(root), TREE);
          cli(store, "get", TREE, copy(root));
          assertThat(Trees.describe(root.resolve("copy")))
              .isEqualTo(Trees.describe(root.resolve("source")));
          store.requireClean();
        });
  }

  private static Map<String, String> write(SplittableRandom random, Path source)
      throws IOException {
    RandomTree.write(random, source, ENTRIES, FILE_BYTES_MAX);
    return Trees.describe(source);
  }

  private static String source(Path root) {
    return root.resolve("source").toString();
  }

  private static String copy(Path root) {
    return root.resolve("copy").toString();
  }

  private static void cli(StoreUnderTest store, String... arguments) {
    CliProcess.run(store.homes(), arguments).requireExit(0);
  }

  private static void remote(StoreUnderTest store, ServerProcess server, String... arguments) {
    CliProcess.of(store.homes(), arguments)
        .withoutEnvironment("AIFS_DATA")
        .environment("AIFS_SERVER", server.address())
        .environment("AIFS_TOKEN_FILE", store.adminTokenFile().toString())
        .run()
        .requireExit(0);
  }

  private static long packBytes(StoreUnderTest store) throws IOException {
    long total = 0;
    for (Path pack : store.packs()) {
      total += Files.size(pack);
    }
    return total;
  }
}
