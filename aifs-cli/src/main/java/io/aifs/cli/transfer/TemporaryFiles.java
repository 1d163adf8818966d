package io.aifs.cli.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Remembers the temporary files of this process, so that an interrupted command leaves none behind.
 * Thread-safe.
 */
public final class TemporaryFiles {
  /** Guarded by this. */
  private final Set<Path> present = new HashSet<>();

  private boolean ending;

  /** Creates an empty file in a directory, readable by its owner alone. */
  synchronized Path create(Path directory) throws IOException {
    if (ending) {
      throw new IOException("the command is ending");
    }
    if (!Files.isDirectory(directory)) {
      throw new NoSuchFileException(directory.toString());
    }
    Path file = Files.createTempFile(directory, ".aifs-", ".part");
    present.add(file);
    return file;
  }

  /** Says that a file has got another name and is no longer temporary. */
  synchronized void forget(Path file) {
    present.remove(file);
  }

  /** Deletes one file if it is still there. */
  synchronized void delete(Path file) throws IOException {
    if (present.remove(file)) {
      Files.deleteIfExists(file);
    }
  }

  /** Deletes all and lets no new one be made: the process ends. */
  public synchronized void deleteAll() {
    ending = true;
    for (Path file : present) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException _) {
        // Nothing is left to tell it to: the process ends.
      }
    }
    present.clear();
  }
}
