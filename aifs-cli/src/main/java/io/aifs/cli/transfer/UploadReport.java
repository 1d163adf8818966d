package io.aifs.cli.transfer;

import java.util.concurrent.atomic.LongAdder;

/**
 * What an upload did; or would do, in a dry run.
 *
 * @param newBytes content bytes that the store did not have. Of a large file, for which the store
 *     counts chunks only, it is the share that these are of all its chunks; a dry run is exact
 */
public record UploadReport(
    long files,
    long directories,
    long symlinks,
    long bytes,
    long newFiles,
    long newBytes,
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
    final LongAdder newBytes = new LongAdder();
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
          newBytes.sum(),
          storedBytes.sum(),
          chunks.sum(),
          newChunks.sum(),
          skipped);
    }
  }
}
