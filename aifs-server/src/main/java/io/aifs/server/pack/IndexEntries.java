package io.aifs.server.pack;

import static io.aifs.server.pack.PackFormat.INDEX_ENTRY_BYTES;

import java.util.Arrays;

/** The index of a pack that is being written: entries in order of position. Not thread-safe. */
final class IndexEntries {
  private byte[] entries = new byte[64 * INDEX_ENTRY_BYTES];
  private byte[] bases = new byte[0];
  private int count;
  private int basesCount;

  int count() {
    return count;
  }

  /** Adds a record behind the others. */
  void add(RecordHeader header) {
    if ((count + 1) * INDEX_ENTRY_BYTES > entries.length) {
      entries = Arrays.copyOf(entries, entries.length * 2);
    }
    IndexBlock.putEntry(entries, count * INDEX_ENTRY_BYTES, header);
    count++;
    if (header.base() != null) {
      if ((basesCount + 1) * RecordKey.BYTES > bases.length) {
        bases = Arrays.copyOf(bases, Math.max(64 * RecordKey.BYTES, bases.length * 2));
      }
      RecordKey.of(header.base()).writeTo(bases, basesCount * RecordKey.BYTES);
      basesCount++;
    }
  }

  /** Bytes of the last record. */
  int lastBytes() {
    return IndexBlock.entryBytes(entries, (count - 1) * INDEX_ENTRY_BYTES);
  }

  /** Takes the last record away and returns what it was known by. */
  RecordKey removeLast() {
    count--;
    int at = count * INDEX_ENTRY_BYTES;
    if (IndexBlock.entryHasBase(entries, at)) {
      basesCount--;
    }
    return IndexBlock.entryKey(entries, at);
  }

  /** Bytes of the index block with some more records. */
  long blockBytes(int moreRecords, int moreBases) {
    return PackFormat.indexBytes(
        PackFormat.VERSION, count + (long) moreRecords, basesCount + (long) moreBases);
  }

  byte[] encode() {
    return IndexBlock.encode(entries, count, bases, basesCount);
  }

  /** Lets go of the memory. */
  void clear() {
    entries = new byte[0];
    bases = new byte[0];
  }
}
