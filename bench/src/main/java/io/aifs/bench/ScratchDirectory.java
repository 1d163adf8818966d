package io.aifs.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A new temporary directory, which is deleted with all below it at the end.
 *
 * @param path where it is
 */
record ScratchDirectory(Path path) implements AutoCloseable {
  /**
   * @param name what the directory's name begins with
   */
  static ScratchDirectory create(String name) {
    try {
      return new ScratchDirectory(Files.createTempDirectory(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (var files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
