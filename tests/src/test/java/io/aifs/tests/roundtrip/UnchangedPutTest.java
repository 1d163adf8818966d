package io.aifs.tests.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.cli.command.CommandLineTool;
import io.aifs.cli.store.ServerStores;
import io.aifs.cli.terminal.DiskSpace;
import io.aifs.cli.terminal.LauncherProperties;
import io.aifs.cli.terminal.Surroundings;
import io.aifs.cli.transfer.TemporaryFiles;
import io.aifs.client.AifsClient;
import io.aifs.client.FilePut;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.tests.harness.RandomTree;
import io.aifs.tests.harness.StoreUnderTest;
import io.aifs.tests.harness.Trees;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree that was put before, put again into a real store. */
class UnchangedPutTest {
  @TempDir Path temporary;
  private int number;

  @Test
  void anUnchangedTreeLeavesTheStoreAsItIsAndAChangedOneComesBackWhole() {
    SeededTest.run(2, this::putTwice);
  }

  private void putTwice(SplittableRandom random) throws IOException {
    Path base = Files.createDirectory(temporary.resolve("case" + number++));
    StoreUnderTest store = StoreUnderTest.create(base.resolve("store"));
    Path source = base.resolve("source");
    RandomTree.write(random, source, 60, 400_000);
    Path known = Files.writeString(source.resolve("known"), "the old");
    tellDirectoriesFromImpliedOnes(source);
    assertThat(put(store, source)).doesNotContain("; 0 new");

    long before = version(store);
    assertThat(put(store, source)).contains("; 0 new, stored 0 B");
    assertThat(version(store)).isEqualTo(before + 1); // only what asked for the version was put

    Files.writeString(known, "the new");
    assertThat(put(store, source)).contains("; 1 new");
    run(store, "get", "aifs://default/main/t", base.resolve("copy").toString());
    assertThat(Trees.describe(base.resolve("copy"))).isEqualTo(Trees.describe(source));

    run(store, "rm", "-r", "-y", "aifs://default/main/t");
    try (AifsClient client = store.open()) {
      client.assets().delete(Trees.digest(known), true, "to be put again");
    }
    run(store, "gc", "--grace", "0", "-y");
    put(store, source);
    run(store, "get", "aifs://default/main/t", base.resolve("again").toString());
    assertThat(Trees.describe(base.resolve("again"))).isEqualTo(Trees.describe(source));
    try (AifsClient client = store.open()) {
      StoreUnderTest.requireClean(client);
    }
  }

  /** What looks just like a directory that nobody put is put every time: mode 0755, from 1970. */
  private static void tellDirectoriesFromImpliedOnes(Path source) throws IOException {
    try (Stream<Path> paths = Files.walk(source)) {
      for (Path path : paths.filter(Files::isDirectory).toList()) {
        if (Files.getLastModifiedTime(path).toMillis() == 0) {
          Files.setLastModifiedTime(path, FileTime.fromMillis(1));
        }
      }
    }
  }

  /** Puts something; the answer tells how many changes there have been. */
  private static long version(StoreUnderTest store) {
    try (AifsClient client = store.open()) {
      FilePut probe =
          new FilePut(
              new TreePath("probe"),
              new FilePut.What.Symlink("anywhere"),
              FileAttributes.PLAIN_FILE);
      return client.tree().putFiles(Name.MAIN_BRANCH, List.of(probe)).version();
    }
  }

  private static String put(StoreUnderTest store, Path source) {
    return run(store, "put", source.toString(), "aifs://default/main/t");
  }

  /** Runs a command a minute from now: to it, no file is too young to be remembered. */
  private static String run(StoreUnderTest store, String... arguments) {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    try (PrintStream errors = new PrintStream(told, true, StandardCharsets.UTF_8)) {
      Surroundings surroundings =
          new Surroundings(
              store.homes().environment(),
              LauncherProperties.NONE,
              store.homes().root(),
              InputStream.nullInputStream(),
              OutputStream.nullOutputStream(),
              errors,
              Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1)),
              System::nanoTime,
              DiskSpace.ofThisMachine(),
              2,
              "UTF-8");
      int exit =
          new CommandLineTool(surroundings, new ServerStores(), new TemporaryFiles(), _ -> () -> {})
              .run(arguments);
      assertThat(exit).as(() -> told.toString(StandardCharsets.UTF_8)).isZero();
    }
    return told.toString(StandardCharsets.UTF_8);
  }
}
