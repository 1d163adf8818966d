package io.aifs.server.catalog.sqlite;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.nio.file.Path;
import java.sql.SQLException;

/** What a failure of SQLite means to whoever called. */
final class SqliteFailure {
  private static final int ERROR = 1;
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READ_ONLY = 8;
  private static final int IO_ERROR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANNOT_OPEN = 14;
  private static final int CONSTRAINT = 19;
  private static final int NOT_A_DATABASE = 26;

  /** Less than this is no room for SQLite's shared memory, which a reader needs too. */
  private static final long ROOM_BYTES_MIN = 64 << 10;

  static AifsException of(SQLException failure, Path file) {
    String message = String.valueOf(failure.getMessage());
    if (failure.getErrorCode() == ERROR && message.contains("no such ")) {
      return damaged(file, message, failure); // the SQL never changes, so the schema has
    }
    int code = failure.getErrorCode() & 0xff;
    if ((code == IO_ERROR || code == CANNOT_OPEN) && lacksRoom(file)) {
      return full(file);
    }
    return switch (code) {
      case CORRUPT, NOT_A_DATABASE -> damaged(file, message, failure);
      case FULL -> full(file);
      case IO_ERROR ->
          new AifsException.Unavailable(
              Reason.IO_FAILED,
              "the disk failed under the catalog: " + message + ": " + file,
              "Look for disk errors in the system log, then try again; nothing was half written.",
              failure);
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

  /** SQLite says "full" of a file that does not grow, but not of one that it cannot begin. */
  private static boolean lacksRoom(Path file) {
    return file.toFile().getUsableSpace() < ROOM_BYTES_MIN;
  }

  private static AifsException.LimitExceeded full(Path file) {
    return new AifsException.LimitExceeded(
        Reason.DISK_FULL,
        "no room for the catalog: " + file,
        "Free space on its file system, then try again; nothing was half written.");
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
