package io.aifs.cli.transfer;

import io.aifs.cli.progress.Tally;
import io.aifs.crypto.Digest;

/** Counts what is stored, and tells of each file. Thread-safe. */
final class Receipts {
  private final Tally tally;
  private final StoredFile.Listener listener;
  private final UploadReport.Sum sum;

  /**
   * @param listener is told of each file, by one thread at a time
   */
  Receipts(Tally tally, StoredFile.Listener listener, UploadReport.Sum sum) {
    this.tally = tally;
    this.listener = listener;
    this.sum = sum;
  }

  /** What counts bytes as they are read. */
  Tally tally() {
    return tally;
  }

  /** A file whose bytes were not counted as they were read. */
  void wholeFile(Walked walked, Digest id, long size, boolean newContent) {
    tally.addBytes(size);
    file(walked, id, size, newContent, newContent ? size : 0);
  }

  /** A file is in the store; or would be, in a dry run. So many of its bytes were not before. */
  void file(Walked walked, Digest id, long size, boolean newContent, long newBytes) {
    sum.files.increment();
    sum.bytes.add(size);
    sum.newFiles.add(newContent ? 1 : 0);
    sum.newBytes.add(newBytes);
    tally.addFiles(1);
    synchronized (listener) {
      listener.stored(new StoredFile(walked.target(), id, size, newContent));
    }
  }

  void directory() {
    sum.directories.increment();
  }

  void symlink() {
    sum.symlinks.increment();
  }

  /** What the store did for it. */
  void stored(long storedBytes, long chunks, long newChunks) {
    sum.storedBytes.add(storedBytes);
    sum.chunks.add(chunks);
    sum.newChunks.add(newChunks);
    tally.addStoredBytes(storedBytes);
  }
}
