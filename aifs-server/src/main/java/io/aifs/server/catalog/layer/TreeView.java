package io.aifs.server.catalog.layer;

import io.aifs.core.model.PathEntry;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;

/** The entries of a tree in order of their keys, which are the paths' UTF-8 bytes. */
public interface TreeView {
  /** Nothing. */
  TreeView EMPTY =
      new TreeView() {
        @Override
        public Optional<PathEntry> at(byte[] key) {
          return Optional.empty();
        }

        @Override
        public Iterator<PathEntry> entries(byte[] first, byte[] end) {
          return Collections.emptyIterator();
        }

        @Override
        public TreeSums sums(byte[] first, byte[] end) {
          return TreeSums.ZERO;
        }
      };

  /** The entry with exactly this key. */
  Optional<PathEntry> at(byte[] key);

  /** The entries from {@code first} up to, not including, {@code end}. Reads as it is advanced. */
  Iterator<PathEntry> entries(byte[] first, byte[] end);

  /** Sums over the entries from {@code first} up to, not including, {@code end}. */
  TreeSums sums(byte[] first, byte[] end);

  /** Whether there is an entry from {@code first} up to, not including, {@code end}. */
  default boolean hasAny(byte[] first, byte[] end) {
    return entries(first, end).hasNext();
  }
}
