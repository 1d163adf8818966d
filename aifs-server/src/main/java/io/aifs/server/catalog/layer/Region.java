package io.aifs.server.catalog.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/**
 * All keys that start with a prefix, and where what lies below them is read.
 *
 * @param prefix of keys here: empty, or ends in a slash
 * @param source where it is read
 * @param sourcePrefix of keys there
 */
@SuppressWarnings("ArrayRecordComponent") // keys; never compared
record Region(byte[] prefix, TreeView source, byte[] sourcePrefix) {
  /** Above every key here. */
  byte[] end() {
    return Keys.endOf(prefix);
  }

  Optional<PathEntry> at(byte[] key) {
    return source.at(there(key)).map(this::here);
  }

  TreeSums sums(byte[] first, byte[] last) {
    TreeSums sums = source.sums(there(first), thereEnd(last));
    return sums.entries() == 0
        ? TreeSums.ZERO
        : new TreeSums(
            sums.entries(), sums.bytes(), sums.longest() + prefix.length - sourcePrefix.length);
  }

  Iterator<PathEntry> entries(byte[] first, byte[] last) {
    Iterator<PathEntry> entries = source.entries(there(first), thereEnd(last));
    if (isIdentity()) {
      return entries;
    }
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public PathEntry next() {
        return here(entries.next());
      }
    };
  }

  /** The key there of a key here. */
  byte[] there(byte[] key) {
    return isIdentity() ? key : Keys.reprefixed(key, prefix.length, sourcePrefix);
  }

  /** The bound there of a bound here, which may be the end of all. */
  private byte[] thereEnd(byte[] last) {
    return Arrays.compareUnsigned(last, end()) >= 0 ? Keys.endOf(sourcePrefix) : there(last);
  }

  private PathEntry here(PathEntry entry) {
    if (isIdentity()) {
      return entry;
    }
    byte[] key = Keys.reprefixed(entry.path().toUtf8(), sourcePrefix.length, prefix);
    return new PathEntry(new TreePath(new String(key, UTF_8)), entry.entry());
  }

  private boolean isIdentity() {
    return prefix.length == 0 && sourcePrefix.length == 0;
  }
}
