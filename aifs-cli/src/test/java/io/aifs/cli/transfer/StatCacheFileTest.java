package io.aifs.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.cli.statcache.FileStamp;
import io.aifs.cli.statcache.StatCache;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RandomBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatCacheFileTest {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  private static final FileStamp STAMP = new FileStamp(1, 2, 3, 4, 5);
  private static final Path FILE = Path.of("/some/file");
  private static final Digest ID = Digest.of(new byte[0]);

  @TempDir Path directory;
  private final TemporaryFiles temporaries = new TemporaryFiles();

  private StatCacheFile file(int entries) {
    return new StatCacheFile(path(), new StatCache.Limit(entries), temporaries);
  }

  private Path path() {
    return parent().resolve("default.stat");
  }

  private Path parent() {
    return directory.resolve("cache/aifs/0123");
  }

  private static StatCache load(StatCacheFile file) {
    return file.load(RandomBytes.secure(), START);
  }

  private void save() {
    StatCache cache = load(file(100));
    cache.remember(FILE, STAMP, ID);
    file(100).save(cache);
  }

  @Test
  void aCacheIsFoundAgainAndPrivate() throws IOException {
    save();
    assertThat(load(file(100)).recall(FILE, STAMP)).contains(ID);
    assertThat(LocalAttributes.of(path()).attributes().mode()).isEqualTo(0600);
    assertThat(LocalAttributes.of(parent()).attributes().mode()).isEqualTo(0700);
    try (Stream<Path> files = Files.list(parent())) {
      assertThat(files).containsExactly(path());
    }
  }

  @Test
  void anUnchangedCacheIsNotWritten() {
    file(100).save(load(file(100)));
    assertThat(path()).doesNotExist();
  }

  @Test
  void aDamagedFileIsIgnoredAndReplaced() throws IOException {
    save();
    byte[] bytes = Files.readAllBytes(path());
    bytes[50] ^= 1;
    Files.write(path(), bytes);
    assertThat(load(file(100)).recall(FILE, STAMP)).isEmpty();
    save();
    assertThat(load(file(100)).recall(FILE, STAMP)).contains(ID);
  }

  @Test
  void whatCannotBeReadOrWrittenIsNoError() throws IOException {
    Files.createDirectories(path());
    save();
    assertThat(load(file(100)).recall(FILE, STAMP)).isEmpty();
    assertThat(path()).isDirectory();
    Files.delete(path());
    Files.delete(parent());
    Files.createFile(parent());
    save();
    assertThat(parent()).isRegularFile();
  }

  @Test
  void aFileOverTheLimitIsNotRead() {
    save();
    assertThat(load(file(1)).recall(FILE, STAMP)).contains(ID);
    assertThat(load(file(0)).recall(FILE, STAMP)).isEmpty();
  }
}
