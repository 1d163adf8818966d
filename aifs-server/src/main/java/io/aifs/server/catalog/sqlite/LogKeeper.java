package io.aifs.server.catalog.sqlite;

/**
 * Keeps the write-ahead log from growing under reads that overlap without end: SQLite starts the
 * log anew only at a moment when nobody reads from it, and such a moment may never come by itself.
 * Used by the writer thread alone.
 */
final class LogKeeper {
  private static final int TIMES_CHECKPOINT = 4;

  private final CatalogFile file;
  private final long bytesMax;
  private final int waitMillis;
  private final int busyTimeoutMillis;
  private long tryAtBytes;

  LogKeeper(CatalogFile file, SqliteOptions options) {
    this.file = file;
    this.bytesMax = TIMES_CHECKPOINT * options.checkpointBytes();
    this.waitMillis = options.logWaitMillis();
    this.busyTimeoutMillis = options.busyTimeoutMillis();
    this.tryAtBytes = bytesMax;
  }

  /** Looks at the log after a commit. Waits for readers, but not long and ever less often. */
  void tidy(Session session) {
    long bytes = file.logBytes();
    if (bytes < tryAtBytes) {
      return;
    }
    pragma(session, "busy_timeout = " + waitMillis);
    long busy = pragma(session, "wal_checkpoint(RESTART)");
    pragma(session, "busy_timeout = " + busyTimeoutMillis);
    tryAtBytes = busy == 0 ? bytesMax : 2 * bytes;
  }

  private static long pragma(Session session, String pragma) {
    return session.first("PRAGMA " + pragma, row -> row.integer(1)).orElse(0L);
  }
}
