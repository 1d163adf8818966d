package io.aifs.server.catalog.sqlite;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * The files that make up a catalog: the database, its log and the log's index. All 0600: SQLite
 * gives the other two the mode of the first.
 */
final class CatalogFile {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");

  private final Path file;

  CatalogFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** Makes an empty file, which SQLite takes for a new database, unless there is one. */
  void makeOrTighten() {
    try {
      try {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PRIVATE));
        syncDirectory();
      } catch (FileAlreadyExistsException _) {
        for (Path each : all()) {
          tighten(each);
        }
      }
    } catch (IOException e) {
      throw new AifsException.Failed(
          Reason.IO_FAILED,
          "the catalog cannot be made: " + e.getMessage(),
          "Check that its directory exists and belongs to the user who runs this.",
          e);
    }
  }

  long storedBytes() {
    return all().stream().mapToLong(CatalogFile::bytesOf).sum();
  }

  long logBytes() {
    return bytesOf(log());
  }

  private static long bytesOf(Path path) {
    try {
      return Files.size(path);
    } catch (NoSuchFileException _) {
      return 0; // the log comes and goes
    } catch (IOException e) {
      throw new AifsException.Failed(
          Reason.IO_FAILED,
          "the catalog cannot be measured: " + e.getMessage(),
          "Look for disk errors in the system log, then try again.",
          e);
    }
  }

  private Path log() {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  private List<Path> all() {
    return List.of(file, log(), file.resolveSibling(file.getFileName() + "-shm"));
  }

  private static void tighten(Path path) throws IOException {
    if (Files.exists(path) && !Files.getPosixFilePermissions(path).equals(PRIVATE)) {
      Files.setPosixFilePermissions(path, PRIVATE);
    }
  }

  private void syncDirectory() throws IOException {
    Path directory = file.getParent();
    if (directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
