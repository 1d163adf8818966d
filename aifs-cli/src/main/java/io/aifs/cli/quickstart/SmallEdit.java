package io.aifs.cli.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Changes a few bytes in the middle of a directory's largest file, as an editor would. */
final class SmallEdit {
  private static final byte[] INSERTED =
      "\n-- a line that was not here before --\n".getBytes(StandardCharsets.UTF_8);
  private static final long FILE_BYTES_MAX = 256L << 20;

  /** The file that was changed and its size now. */
  record Edited(Path file, long size, int insertedBytes) {}

  /** Changes the file; empty if the directory holds none that can be changed. */
  static Optional<Edited> apply(Path directory) throws IOException {
    Optional<Path> largest = largest(directory);
    if (largest.isEmpty()) {
      return Optional.empty();
    }
    Path file = largest.get();
    byte[] before = Files.readAllBytes(file);
    byte[] after = new byte[before.length + INSERTED.length];
    int middle = before.length / 2;
    System.arraycopy(before, 0, after, 0, middle);
    System.arraycopy(INSERTED, 0, after, middle, INSERTED.length);
    System.arraycopy(before, middle, after, middle + INSERTED.length, before.length - middle);
    Files.write(file, after);
    return Optional.of(new Edited(file, after.length, INSERTED.length));
  }

  private static Optional<Path> largest(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(Files::isWritable)
          .map(file -> new Edited(file, file.toFile().length(), 0))
          .filter(file -> file.size() <= FILE_BYTES_MAX)
          .max(Comparator.comparingLong(Edited::size).thenComparing(Edited::file))
          .map(Edited::file);
    }
  }

  private SmallEdit() {}
}
