package io.aifs.server.pack;

/**
 * What an index says of a record.
 *
 * @param position where the record begins in the pack
 * @param totalBytes how long it is, header and checksums included
 */
record IndexEntry(RecordKey key, int position, int totalBytes) {
  /** Where the record ends. */
  long end() {
    return (long) position + totalBytes;
  }
}
