package io.aifs.cli.statcache;

import io.aifs.crypto.Digest;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Remembers what content files had. An answer is only a claim about the file: whether a store still
 * has that content is for the store to say. Thread-safe.
 */
public interface FileMemory {
  /** Knows nothing and learns nothing. */
  FileMemory NONE =
      new FileMemory() {
        @Override
        public Optional<Digest> recall(Path file, FileStamp stamp) {
          return Optional.empty();
        }

        @Override
        public void remember(Path file, FileStamp stamp, Digest id) {}
      };

  /** The id of the file's content, if it was remembered with just this stamp. */
  Optional<Digest> recall(Path file, FileStamp stamp);

  /**
   * Learns the content of a file; may decline.
   *
   * @param stamp taken before the file was read, and still the same afterwards
   */
  void remember(Path file, FileStamp stamp, Digest id);

  /** One that learns as this does, but recalls nothing: everything is read. */
  default FileMemory withoutRecall() {
    FileMemory learning = this;
    return new FileMemory() {
      @Override
      public Optional<Digest> recall(Path file, FileStamp stamp) {
        return Optional.empty();
      }

      @Override
      public void remember(Path file, FileStamp stamp, Digest id) {
        learning.remember(file, stamp, id);
      }
    };
  }
}
