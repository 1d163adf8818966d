package io.aifs.cli.transfer;

import java.util.concurrent.atomic.LongAdder;

/** What a download did; {@code unchanged} counts the files that were there already. */
public record DownloadReport(
    long files, long unchanged, long directories, long symlinks, long bytes, long skipped) {

  /** Adds up what workers did. Thread-safe. */
  static final class Sum {
    final LongAdder files = new LongAdder();
    final LongAdder unchanged = new LongAdder();
    final LongAdder directories = new LongAdder();
    final LongAdder symlinks = new LongAdder();
    final LongAdder bytes = new LongAdder();

    void file(long size, boolean written) {
      files.increment();
      unchanged.add(written ? 0 : 1);
      bytes.add(size);
    }

    DownloadReport report(long skipped) {
      return new DownloadReport(
          files.sum(), unchanged.sum(), directories.sum(), symlinks.sum(), bytes.sum(), skipped);
    }
  }
}
