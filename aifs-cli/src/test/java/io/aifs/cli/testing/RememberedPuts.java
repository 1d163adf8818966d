package io.aifs.cli.testing;

import io.aifs.cli.progress.Tally;
import io.aifs.cli.statcache.FileMemory;
import io.aifs.cli.statcache.FileStamp;
import io.aifs.cli.statcache.StatCache;
import io.aifs.cli.transfer.Notices;
import io.aifs.cli.transfer.Upload;
import io.aifs.cli.transfer.UploadOptions;
import io.aifs.cli.transfer.UploadReport;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RandomBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Puts a directory again and again, each time with what the puts before remembered, and notes which
 * files were recalled.
 */
public final class RememberedPuts {
  private static final StatCache.Limit LIMIT = new StatCache.Limit(10_000);

  public final MemoryStore store;

  /** Names of files recalled in the last put. */
  public final TreeSet<String> recalled = new TreeSet<>();

  /** How long before a put files are taken to have been made; their real age is next to nothing. */
  public Duration age = Duration.ofMinutes(1);

  private byte[] cache;

  public RememberedPuts(MemoryStore store) {
    this.store = store;
    this.cache = StatCache.empty(RandomBytes.secure(), LIMIT, Instant.EPOCH).encode();
  }

  /**
   * Puts a directory at the path {@code t}.
   *
   * @param clockFile a file that is written to, to see what time the file system has
   */
  public UploadReport put(Path directory, UploadOptions options, Path clockFile)
      throws IOException {
    recalled.clear();
    Instant start = tick(clockFile).plus(age);
    StatCache remembered = StatCache.decode(cache, LIMIT, start).orElseThrow();
    UploadOptions remembering = options.withMemory(new Noted(remembered));
    Notices notices =
        new Notices(
            line -> {
              throw new AssertionError(line);
            });
    UploadReport report;
    try (Upload upload = new Upload(store.client(), remembering, new Tally(), notices, _ -> {})) {
      upload.putDirectory(directory, new TreePath("t"));
      report = upload.finish();
    }
    cache = remembered.encode();
    return report;
  }

  /** Returns once the file system's clock has moved on, so that the next change is a later one. */
  private static Instant tick(Path clockFile) throws IOException {
    Instant before = touch(clockFile);
    Instant now = touch(clockFile);
    while (now.equals(before)) {
      now = touch(clockFile);
    }
    return now;
  }

  private static Instant touch(Path file) throws IOException {
    Files.writeString(file, "x");
    return Files.getLastModifiedTime(file).toInstant();
  }

  private final class Noted implements FileMemory {
    private final FileMemory memory;

    Noted(FileMemory memory) {
      this.memory = memory;
    }

    @Override
    public Optional<Digest> recall(Path file, FileStamp stamp) {
      Optional<Digest> id = memory.recall(file, stamp);
      id.ifPresent(_ -> recalled.add(file.getFileName().toString()));
      return id;
    }

    @Override
    public void remember(Path file, FileStamp stamp, Digest id) {
      memory.remember(file, stamp, id);
    }
  }
}
