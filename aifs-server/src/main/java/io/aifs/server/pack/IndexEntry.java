package io.aifs.server.pack;

import org.jspecify.annotations.Nullable;

/**
 * What an index says of a record.
 *
 * @param position where the record begins in the pack
 * @param totalBytes how long it is, header and checksums included
 * @param base what it takes to read the record; null for nothing
 */
record IndexEntry(RecordKey key, int position, int totalBytes, @Nullable RecordKey base) {
  /** Where the record ends. */
  long end() {
    return (long) position + totalBytes;
  }
}
