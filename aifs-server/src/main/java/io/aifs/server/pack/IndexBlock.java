package io.aifs.server.pack;

import static io.aifs.server.pack.PackFormat.HEADER_BYTES;
import static io.aifs.server.pack.PackFormat.INDEX_ENTRY_BYTES;
import static io.aifs.server.pack.PackFormat.INDEX_HEADER_BYTES;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pack's index: which records it holds, in order of position. Each entry is a key and a length;
 * the records follow each other, so the lengths are the positions too. Behind the entries stand the
 * keys of the bases that some of the records need, in the same order.
 */
final class IndexBlock {
  private static final int LENGTH_AT = RecordKey.BYTES;

  /** In the length of an entry: what the record needs as a base stands behind the entries. */
  private static final int BASE_NAMED = 1 << 23;

  private IndexBlock() {}

  /** Writes one entry. */
  static void putEntry(byte[] out, int at, RecordHeader header) {
    RecordKey.of(header.id()).writeTo(out, at);
    int named = header.base() == null ? 0 : BASE_NAMED;
    PackFormat.putMedium(out, at + LENGTH_AT, header.totalBytes() | named);
  }

  static RecordKey entryKey(byte[] entries, int at) {
    return RecordKey.read(entries, at);
  }

  static int entryBytes(byte[] entries, int at) {
    return PackFormat.getMedium(entries, at + LENGTH_AT) & ~BASE_NAMED;
  }

  static boolean entryHasBase(byte[] entries, int at) {
    return (PackFormat.getMedium(entries, at + LENGTH_AT) & BASE_NAMED) != 0;
  }

  /** The block of the first of {@code entries} and {@code bases}, as in the file. */
  static byte[] encode(byte[] entries, int count, byte[] bases, int basesCount) {
    byte[] block = new byte[(int) PackFormat.indexBytes(PackFormat.VERSION, count, basesCount)];
    PackFormat.putInt(block, 0, PackFormat.INDEX_MARKER);
    PackFormat.putInt(block, 4, count);
    PackFormat.putCrc(block, 0, 8);
    int entriesBytes = count * INDEX_ENTRY_BYTES;
    int basesBytes = basesCount * RecordKey.BYTES;
    System.arraycopy(entries, 0, block, INDEX_HEADER_BYTES, entriesBytes);
    System.arraycopy(bases, 0, block, INDEX_HEADER_BYTES + entriesBytes, basesBytes);
    PackFormat.putCrc(block, INDEX_HEADER_BYTES, entriesBytes + basesBytes);
    return block;
  }

  /** Whether an index block begins at {@code offset}, where at least its header is. */
  static boolean beginsAt(byte[] in, int offset) {
    return PackFormat.getInt(in, offset) == PackFormat.INDEX_MARKER
        && PackFormat.crcHolds(in, offset, 8);
  }

  /**
   * The entries of the block in {@code bytes}, or null if a checksum does not hold or an entry is
   * not of a record between the header and {@code recordsEnd}.
   */
  static @Nullable List<IndexEntry> read(int version, byte[] bytes, int count, long recordsEnd) {
    int entryBytes = PackFormat.indexEntryBytes(version);
    int bases = PackFormat.bases(version, count, bytes.length);
    int covered = bytes.length - INDEX_HEADER_BYTES - PackFormat.CRC_BYTES;
    if (bases < 0
        || !beginsAt(bytes, 0)
        || PackFormat.getInt(bytes, 4) != count
        || !PackFormat.crcHolds(bytes, INDEX_HEADER_BYTES, covered)) {
      return null;
    }
    int baseAt = INDEX_HEADER_BYTES + count * entryBytes;
    List<IndexEntry> entries = new ArrayList<>(count);
    long position = HEADER_BYTES;
    for (int i = 0; i < count; i++) {
      int at = INDEX_HEADER_BYTES + i * entryBytes;
      boolean named = version > 2 && entryHasBase(bytes, at);
      if (named && bases-- == 0) {
        return null;
      }
      IndexEntry entry =
          version == 1
              ? IndexForm1.entry(bytes, at)
              : entry(bytes, at, position, named ? RecordKey.read(bytes, baseAt) : null);
      baseAt += named ? RecordKey.BYTES : 0;
      if (entry == null
          || entry.position() < HEADER_BYTES
          || entry.position() >= PackFormat.PACK_BYTES_MAX
          || entry.end() > recordsEnd) {
        return null;
      }
      entries.add(entry);
      position = entry.end();
    }
    if (bases != 0) {
      return null;
    }
    if (version == 1) {
      entries.sort(Comparator.comparingInt(IndexEntry::position)); // there they are sorted by id
    }
    return entries;
  }

  private static @Nullable IndexEntry entry(
      byte[] bytes, int at, long position, @Nullable RecordKey base) {
    return position >= PackFormat.PACK_BYTES_MAX
        ? null
        : new IndexEntry(entryKey(bytes, at), (int) position, entryBytes(bytes, at), base);
  }
}
