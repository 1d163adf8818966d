package io.aifs.cli.transfer;

import io.aifs.cli.statcache.StatCache;
import io.aifs.crypto.RandomBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Where a stat cache lies between commands. Nothing depends on it: a file that is not there, not
 * readable, damaged or of another version is as good as none, and one that cannot be written is
 * left. Of two commands that write at once, the last one's file stays.
 */
public final class StatCacheFile {
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path file;
  private final StatCache.Limit limit;
  private final TemporaryFiles temporaries;

  public StatCacheFile(Path file, StatCache.Limit limit, TemporaryFiles temporaries) {
    this.file = file;
    this.limit = limit;
    this.temporaries = temporaries;
  }

  /**
   * The cache in the file, or an empty one.
   *
   * @param random draws the secret of a new one
   * @param start before any file is looked at
   */
  public StatCache load(RandomBytes random, Instant start) {
    return read()
        .flatMap(bytes -> StatCache.decode(bytes, limit, start))
        .orElseGet(() -> StatCache.empty(random, limit, start));
  }

  private Optional<byte[]> read() {
    try {
      return Files.isRegularFile(file) && Files.size(file) <= limit.fileBytes()
          ? Optional.of(Files.readAllBytes(file))
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty(); // files are read instead
    }
  }

  /** Writes the cache if it has something new to say. */
  public void save(StatCache cache) {
    if (!cache.isChanged()) {
      return;
    }
    try {
      Files.createDirectories(file.toAbsolutePath().resolveSibling(""), PRIVATE);
      PrivateFile.replace(file, cache.encode(), temporaries);
    } catch (IOException _) {
      // The next put reads more than it would have to.
    }
  }
}
