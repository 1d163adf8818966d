package io.aifs.server.catalog.sqlite;

/**
 * How a catalog uses the machine. Nothing here changes what it holds or promises.
 *
 * @param readersMax reads that run at once; more wait
 * @param busyTimeoutMillis how long to wait for another process that holds the file
 * @param mmapBytes how much of the file may be read through a memory map; 0 turns it off
 * @param cacheBytesMax page cache of the writer
 * @param checkpointBytes length of the write-ahead log at which it is folded into the file
 * @param logWaitMillis how long the writer waits for readers once the log is much longer than that
 * @param batchWritesMax writes that share one transaction
 * @param batchMillisMax a transaction takes no further write after this long
 * @param fileBytesMax the file never grows beyond; a write that would is {@code DISK_FULL}
 */
public record SqliteOptions(
    int readersMax,
    int busyTimeoutMillis,
    long mmapBytes,
    long cacheBytesMax,
    long checkpointBytes,
    int logWaitMillis,
    int batchWritesMax,
    int batchMillisMax,
    long fileBytesMax) {
  static final int PAGE_BYTES = 4_096;

  public static final SqliteOptions DEFAULT =
      new SqliteOptions(8, 10_000, 2L << 30, 64 << 20, 64 << 20, 50, 512, 20, 1L << 43);

  public SqliteOptions {
    requireAtLeast(1, "readersMax", readersMax);
    requireAtLeast(0, "busyTimeoutMillis", busyTimeoutMillis);
    requireAtLeast(0, "mmapBytes", mmapBytes);
    requireAtLeast(PAGE_BYTES, "cacheBytesMax", cacheBytesMax);
    requireAtLeast(PAGE_BYTES, "checkpointBytes", checkpointBytes);
    requireAtLeast(0, "logWaitMillis", logWaitMillis);
    requireAtLeast(1, "batchWritesMax", batchWritesMax);
    requireAtLeast(0, "batchMillisMax", batchMillisMax);
    requireAtLeast(PAGE_BYTES, "fileBytesMax", fileBytesMax);
  }

  private static void requireAtLeast(long least, String name, long value) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is less than " + least + ": " + value);
    }
  }

  SqliteOptions withLog(long bytes, int waitMillis) {
    return new SqliteOptions(
        readersMax,
        busyTimeoutMillis,
        mmapBytes,
        cacheBytesMax,
        bytes,
        waitMillis,
        batchWritesMax,
        batchMillisMax,
        fileBytesMax);
  }

  SqliteOptions withFileBytesMax(long bytes) {
    return new SqliteOptions(
        readersMax,
        busyTimeoutMillis,
        mmapBytes,
        cacheBytesMax,
        checkpointBytes,
        logWaitMillis,
        batchWritesMax,
        batchMillisMax,
        bytes);
  }
}
