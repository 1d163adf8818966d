package io.aifs.server.catalog.journal;

/**
 * How the journal follows the catalog.
 *
 * @param batchBytesMax payloads that are appended with one sync
 * @param recordTransactionsMax after so many, the ledger is told of the journal's packs
 * @param recordBytesMax or after so many bytes
 * @param waitingBytesMax while more than this waits for a journal that fails, writes are refused
 * @param retryMillisMin how long after a failure the next write tries the journal again; doubles
 * @param retryMillisMax up to this
 */
public record JournalOptions(
    int batchBytesMax,
    int recordTransactionsMax,
    long recordBytesMax,
    long waitingBytesMax,
    long retryMillisMin,
    long retryMillisMax) {
  public static final JournalOptions DEFAULT =
      new JournalOptions(8 << 20, 64, 1 << 20, 64 << 20, 1_000, 60_000);

  public JournalOptions {
    requirePositive("batchBytesMax", batchBytesMax);
    requirePositive("recordTransactionsMax", recordTransactionsMax);
    requirePositive("recordBytesMax", recordBytesMax);
    requirePositive("waitingBytesMax", waitingBytesMax);
    if (retryMillisMin < 0 || retryMillisMax < retryMillisMin) {
      throw new IllegalArgumentException(
          "retryMillis is no range: " + retryMillisMin + ".." + retryMillisMax);
    }
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is less than 1: " + value);
    }
  }
}
