package io.aifs.server.catalog.sqlite;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.nio.file.Path;
import java.sql.SQLException;

/** What a failure of SQLite means to whoever called. */
final class SqliteFailure {
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READ_ONLY = 8;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANNOT_OPEN = 14;
  private static final int CONSTRAINT = 19;
  private static final int NOT_A_DATABASE = 26;

  static AifsException of(SQLException failure, Path file) {
    return switch (failure.getErrorCode() & 0xff) {
      case CORRUPT, NOT_A_DATABASE -> damaged(file, String.valueOf(failure.getMessage()), failure);
      case FULL ->
          new AifsException.LimitExceeded(
              Reason.DISK_FULL,
              "no room for the catalog: " + file,
              "Free space on its file system, then try again; nothing was half written.");
      case BUSY, LOCKED ->
          new AifsException.Unavailable(
              Reason.STORE_LOCKED,
              "another process holds the catalog: " + file,
              "Stop whatever else has this file open, such as a backup tool or an SQL shell.",
              failure);
      case READ_ONLY, CANNOT_OPEN ->
          new AifsException.Failed(
              Reason.IO_FAILED,
              "the catalog cannot be opened for writing: " + file,
              "Check that the file and its directory belong to the user who runs this.",
              failure);
      case CONSTRAINT ->
          new AifsException.Failed(
              Reason.INTERNAL,
              "the catalog refused a row: " + failure.getMessage(),
              "This is a bug; please report it. The write was undone.",
              failure);
      default ->
          new AifsException.Failed(
              Reason.IO_FAILED,
              "the catalog failed: " + failure.getMessage() + ": " + file,
              "Look for disk errors in the system log, then try again.",
              failure);
    };
  }

  static AifsException.Corrupt damaged(Path file, String what, Throwable cause) {
    return new AifsException.Corrupt(
        Reason.CATALOG_DAMAGED, "the catalog is damaged: " + file + ": " + what, HINT, cause);
  }

  static AifsException.Corrupt damaged(Path file, String what) {
    return new AifsException.Corrupt(
        Reason.CATALOG_DAMAGED, "the catalog is damaged: " + file + ": " + what, HINT);
  }

  private static final String HINT =
      "Stop the server and run 'aifs fsck --rebuild-catalog': it makes the catalog anew from packs"
          + " and keys, which are not affected, and keeps this file aside.";

  private SqliteFailure() {}
}
