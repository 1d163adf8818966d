package io.aifs.cli.progress;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a transfer did so far. Thread-safe. */
public final class Tally {
  private final LongAdder files = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder storedBytes = new LongAdder();
  private final AtomicReference<Total> total = new AtomicReference<>(Total.UNKNOWN);

  /** How much there is in all; negative while it is not known. */
  public record Total(long files, long bytes) {
    public static final Total UNKNOWN = new Total(-1, -1);

    boolean isKnown() {
      return files >= 0;
    }
  }

  /** The counts at one moment. */
  public record View(long files, long bytes, long storedBytes, Total total) {}

  public void addFiles(long count) {
    files.add(count);
  }

  /** Content bytes read or written. */
  public void addBytes(long count) {
    bytes.add(count);
  }

  /** Bytes that the store really grew by. */
  public void addStoredBytes(long count) {
    storedBytes.add(count);
  }

  public void setTotal(Total newTotal) {
    total.set(newTotal);
  }

  public View view() {
    return new View(files.sum(), bytes.sum(), storedBytes.sum(), total.get());
  }
}
