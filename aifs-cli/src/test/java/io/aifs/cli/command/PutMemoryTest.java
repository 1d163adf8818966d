package io.aifs.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.cli.statcache.FileStamp;
import io.aifs.cli.statcache.StatCache;
import io.aifs.cli.testing.CommandHarness;
import io.aifs.core.ExitCode;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PutMemoryTest {
  private static final String STORE = "0123456789abcdef";
  private static final StatCache.Limit LIMIT = new StatCache.Limit(1_000);

  @TempDir Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));

  @BeforeEach
  void makeFiles() throws IOException {
    harness = new CommandHarness(directory);
    Files.createDirectory(directory.resolve("src"));
    Files.writeString(directory.resolve("src/a"), "A");
    Files.writeString(directory.resolve("src/b"), "B");
    laterBy(Duration.ofMinutes(1));
  }

  /** The files' real age is next to nothing. */
  private void laterBy(Duration duration) throws IOException {
    Instant made = Files.getLastModifiedTime(directory.resolve("src/b")).toInstant();
    harness.clock = Clock.fixed(made.plus(duration), ZoneOffset.UTC);
  }

  private Path cacheFile() {
    return directory.resolve("home/.cache/aifs").resolve(STORE).resolve("default.stat");
  }

  /** Makes the command believe that one file has the content of another. */
  private void mislead(String file, String content) throws IOException {
    Path path = directory.resolve(file);
    FileStamp stamp =
        new FileStamp(
            (long) attribute(path, "size"),
            nanos(path, "lastModifiedTime"),
            nanos(path, "ctime"),
            (long) attribute(path, "ino"),
            (long) attribute(path, "dev"));
    StatCache cache =
        StatCache.decode(Files.readAllBytes(cacheFile()), LIMIT, harness.clock.instant())
            .orElseThrow();
    cache.remember(path, stamp, Digest.of(content.getBytes(StandardCharsets.UTF_8)));
    Files.write(cacheFile(), cache.encode());
  }

  private static long nanos(Path path, String name) throws IOException {
    return ((FileTime) attribute(path, name)).to(TimeUnit.NANOSECONDS);
  }

  private static Object attribute(Path path, String name) throws IOException {
    return Files.getAttribute(path, "unix:" + name, LinkOption.NOFOLLOW_LINKS);
  }

  @Test
  void aSecondPutBelievesWhatTheFirstRemembered() throws IOException {
    harness.run("put", "src", "main:x").ends(ExitCode.OK);
    assertThat(cacheFile()).isRegularFile();
    mislead("src/a", "B");
    harness.run("put", "src", "main:x", "--dry-run").ends(ExitCode.OK).complains("; 0 new");
    harness
        .run("put", "src", "main:x")
        .ends(ExitCode.OK)
        .complains("put 2 files (2 B), 1 directory into aifs://default/main/x; 0 new, stored 0 B");
    assertThat(harness.store.content("x/a")).isEqualTo("B");
  }

  @Test
  void withoutTheCacheEverythingIsReadAndRememberedAnew() throws IOException {
    harness.run("put", "src", "main:x").ends(ExitCode.OK);
    mislead("src/a", "B");
    harness.run("put", "src", "main:x", "--no-cache").ends(ExitCode.OK);
    assertThat(harness.store.content("x/a")).isEqualTo("A");
    harness.run("put", "src", "main:x").ends(ExitCode.OK);
    assertThat(harness.store.content("x/a")).isEqualTo("A");
  }

  @Test
  void anUnchangedTreeIsNotWrittenAgain() {
    harness.run("put", "src", "main:x").ends(ExitCode.OK);
    harness.store.batches.clear();
    harness.run("put", "src", "main:x").ends(ExitCode.OK);
    harness.run("put", "src/a", "src/b", "main:x").ends(ExitCode.OK);
    assertThat(harness.store.batches).isEmpty();
  }

  @Test
  void aYoungFileIsNotRemembered() throws IOException {
    laterBy(Duration.ofSeconds(1));
    harness.run("put", "src", "main:x").ends(ExitCode.OK);
    assertThat(cacheFile()).doesNotExist();
  }

  @Test
  void aDamagedCacheIsReplacedWithoutAWord() throws IOException {
    harness.run("put", "src", "main:x").ends(ExitCode.OK);
    Files.writeString(cacheFile(), "nonsense");
    assertThat(harness.run("put", "src", "main:x").ends(ExitCode.OK).err().lines()).hasSize(1);
    assertThat(StatCache.decode(Files.readAllBytes(cacheFile()), LIMIT, Instant.EPOCH)).isPresent();
  }

  @Test
  void standardInputAndFailedPutsRememberNothing() {
    harness.withInput("typed").run("put", "-", "main:in").ends(ExitCode.OK);
    harness.run("put", "src", "main:x", "--namespace", "absent").ends(ExitCode.NOT_FOUND);
    assertThat(cacheFile().getParent()).doesNotExist();
  }

  @Test
  void theCacheHomeCanBeChosen() {
    Path home = directory.resolve("elsewhere");
    harness.environment.put("XDG_CACHE_HOME", home.toString());
    harness.run("put", "src", "main:x").ends(ExitCode.OK);
    assertThat(home.resolve("aifs").resolve(STORE).resolve("default.stat")).isRegularFile();
  }

  @Test
  void aStoreCannotChooseAnotherDirectory() {
    harness.store.storeId = "../../evil";
    harness.run("put", "src", "main:x").ends(ExitCode.OK);
    assertThat(directory.resolve("home")).doesNotExist();
  }
}
