package io.aifs.cli.statcache;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Entries in the order of their paths' keys, left as the bytes that they were read as. */
final class CachedFiles {
  static final CachedFiles NONE = new CachedFiles(ByteBuffer.allocate(0));

  private final ByteBuffer bytes;

  /**
   * @param bytes whole entries from position 0 on, in order
   */
  CachedFiles(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  int count() {
    return bytes.limit() / CachedFile.BYTES;
  }

  CachedFile get(int index) {
    return CachedFile.read(bytes.duplicate().position(index * CachedFile.BYTES));
  }

  Optional<CachedFile> find(PathKey path) {
    int from = 0;
    int to = count();
    while (from < to) {
      int middle = (from + to) >>> 1;
      int order = path(middle).compareTo(path);
      if (order == 0) {
        return Optional.of(get(middle));
      }
      if (order < 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return Optional.empty();
  }

  private PathKey path(int index) {
    int at = index * CachedFile.BYTES;
    return new PathKey(bytes.getLong(at), bytes.getLong(at + Long.BYTES));
  }
}
