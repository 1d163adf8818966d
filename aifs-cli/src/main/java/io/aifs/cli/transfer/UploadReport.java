package io.aifs.cli.transfer;

import java.util.concurrent.atomic.LongAdder;

/** What an upload did. */
public record UploadReport(
    long files,
    long directories,
    long symlinks,
    long bytes,
    long newFiles,
    long storedBytes,
    long chunks,
    long newChunks,
    long skipped) {

  /** Adds up what workers did. Thread-safe. */
  static final class Sum {
    final LongAdder files = new LongAdder();
    final LongAdder directories = new LongAdder();
    final LongAdder symlinks = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder newFiles = new LongAdder();
    final LongAdder storedBytes = new LongAdder();
    final LongAdder chunks = new LongAdder();
    final LongAdder newChunks = new LongAdder();

    UploadReport report(long skipped) {
      return new UploadReport(
          files.sum(),
          directories.sum(),
          symlinks.sum(),
          bytes.sum(),
          newFiles.sum(),
          storedBytes.sum(),
          chunks.sum(),
          newChunks.sum(),
          skipped);
    }
  }
}
