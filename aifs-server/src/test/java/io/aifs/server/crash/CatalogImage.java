package io.aifs.server.crash;

import io.aifs.server.file.Survival;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A catalog's files at one moment: the database and its write-ahead log, which is empty if there is
 * none. The log's index is left out: SQLite makes it anew.
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way between files; never compared
record CatalogImage(byte[] database, byte[] log) {
  private static final int LOG_HEADER_BYTES = 32;

  static CatalogImage read(Path file) throws IOException {
    return new CatalogImage(Files.readAllBytes(file), readIfThere(log(file)));
  }

  private static byte[] readIfThere(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException _) {
      return new byte[0];
    }
  }

  void write(Path file) throws IOException {
    Files.write(file, database);
    Files.write(log(file), log);
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-shm"));
  }

  static void delete(Path file) throws IOException {
    for (String part : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + part));
    }
  }

  private static Path log(Path file) {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  /**
   * What a power cut may leave in the midst of what made {@code before} into {@code after}. SQLite
   * appends to the log and syncs it, then (if at all) writes the database and syncs that, then (at
   * the end) drops the log; what a step before has synced is there, the step itself is partly done.
   */
  static CatalogImage between(CatalogImage before, CatalogImage after, Survival survival) {
    boolean dropsLog = after.log.length == 0;
    byte[] log = dropsLog ? before.log : after.log;
    byte[] logMidway = dropsLog ? before.log : logMidway(before.log, after.log, survival);
    if (Arrays.equals(before.database, after.database)) {
      return new CatalogImage(after.database, logMidway);
    }
    return switch (survival.pick(3)) {
      case 0 -> new CatalogImage(before.database, logMidway);
      case 1 -> new CatalogImage(survival.overwritten(before.database, after.database), log);
      default -> after;
    };
  }

  /**
   * A log that is begun anew, over old frames, gets its header first, which is synced: old frames
   * under an old header of which some are overwritten would bring back old pages.
   */
  private static byte[] logMidway(byte[] before, byte[] after, Survival survival) {
    if (!survival.keeps()) {
      return before;
    }
    byte[] begun = Arrays.copyOf(before, Math.max(before.length, LOG_HEADER_BYTES));
    System.arraycopy(after, 0, begun, 0, LOG_HEADER_BYTES);
    return survival.overwritten(begun, after);
  }
}
