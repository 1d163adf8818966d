package io.aifs.cli.transfer;

import io.aifs.core.model.FileAttributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A small file that others may read too. */
public final class WholeFile {
  /**
   * Writes the file, all of it or nothing, and syncs it.
   *
   * @param replace whether a file that is there may go
   * @throws java.nio.file.FileAlreadyExistsException if one is there and may not
   */
  public static void write(Path file, byte[] content, boolean replace, TemporaryFiles temporaries)
      throws IOException {
    try (AtomicFile atomic = new AtomicFile(file, temporaries)) {
      atomic.out().write(content);
      long now = Files.getLastModifiedTime(atomic.temporary()).to(TimeUnit.NANOSECONDS);
      atomic.commit(new FileAttributes(FileAttributes.PLAIN_FILE.mode(), now), replace);
    }
  }

  private WholeFile() {}
}
