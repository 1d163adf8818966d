package io.aifs.server.pack;

import static io.aifs.server.pack.PackFormat.INDEX_ENTRY_BYTES;
import static io.aifs.server.pack.PackFormat.INDEX_HEADER_BYTES;

import io.aifs.crypto.Digest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A pack's index: what each record's header says and where the record is, sorted by id. */
final class IndexBlock {
  private static final int OFFSET_AT = 32;
  private static final int PAYLOAD_AT = 36;
  private static final int PLAIN_AT = 40;
  private static final int EPOCH_AT = 44;
  private static final int TYPE_AT = 48;

  /** Header, entries and checksum, as in the file. */
  private final byte[] block;

  private final int count;

  private IndexBlock(byte[] block, int count) {
    this.block = block;
    this.count = count;
  }

  /** Writes one entry. */
  static void putEntry(byte[] out, int at, RecordHeader header, int offset) {
    header.id().writeTo(out, at);
    PackFormat.putInt(out, at + OFFSET_AT, offset);
    PackFormat.putInt(out, at + PAYLOAD_AT, header.payloadBytes());
    PackFormat.putInt(out, at + PLAIN_AT, header.plainBytes());
    PackFormat.putInt(out, at + EPOCH_AT, header.epoch());
    out[at + TYPE_AT] = (byte) header.type();
    out[at + TYPE_AT + 1] = (byte) header.codec();
    PackFormat.putShort(out, at + TYPE_AT + 2, header.flags());
  }

  static int entryOffset(byte[] entries, int at) {
    return PackFormat.getInt(entries, at + OFFSET_AT);
  }

  static int entryPayloadBytes(byte[] entries, int at) {
    return PackFormat.getInt(entries, at + PAYLOAD_AT);
  }

  /** The block of {@code count} entries, which come in any order. */
  static IndexBlock of(byte[] entries, int count) {
    Integer[] order = new Integer[count];
    Arrays.setAll(order, i -> i * INDEX_ENTRY_BYTES);
    Arrays.sort(
        order,
        (a, b) ->
            Arrays.compareUnsigned(entries, a, a + Digest.BYTES, entries, b, b + Digest.BYTES));
    byte[] block = new byte[(int) PackFormat.indexBytes(count)];
    PackFormat.putInt(block, 0, PackFormat.INDEX_MARKER);
    PackFormat.putInt(block, 4, count);
    PackFormat.putCrc(block, 0, 8);
    for (int i = 0; i < count; i++) {
      System.arraycopy(
          entries, order[i], block, INDEX_HEADER_BYTES + i * INDEX_ENTRY_BYTES, INDEX_ENTRY_BYTES);
    }
    PackFormat.putCrc(block, INDEX_HEADER_BYTES, count * INDEX_ENTRY_BYTES);
    return new IndexBlock(block, count);
  }

  /** Whether an index block begins at {@code offset}, where at least its header is. */
  static boolean beginsAt(byte[] in, int offset) {
    return PackFormat.getInt(in, offset) == PackFormat.INDEX_MARKER
        && PackFormat.crcHolds(in, offset, 8);
  }

  /**
   * The block in {@code bytes}, which it keeps, or null if a checksum does not hold or an entry
   * points outside the records, which end at {@code recordsEnd}.
   */
  static @Nullable IndexBlock read(byte[] bytes, int count, long recordsEnd) {
    if (count < 0
        || bytes.length != PackFormat.indexBytes(count)
        || !beginsAt(bytes, 0)
        || PackFormat.getInt(bytes, 4) != count
        || !PackFormat.crcHolds(bytes, INDEX_HEADER_BYTES, count * INDEX_ENTRY_BYTES)) {
      return null;
    }
    IndexBlock index = new IndexBlock(bytes, count);
    for (int i = 0; i < count; i++) {
      int payload = entryPayloadBytes(bytes, index.at(i));
      long offset = index.offset(i);
      if (payload < 0
          || payload > PackFormat.PAYLOAD_BYTES_MAX
          || offset < PackFormat.HEADER_BYTES
          || offset >= PackFormat.PACK_BYTES_MAX
          || offset + PackFormat.recordBytes(payload) > recordsEnd) {
        return null;
      }
    }
    return index;
  }

  int count() {
    return count;
  }

  byte[] bytes() {
    return block;
  }

  int offset(int entry) {
    return entryOffset(block, at(entry));
  }

  RecordHeader header(int entry) {
    int at = at(entry);
    return new RecordHeader(
        block[at + TYPE_AT] & 0xFF,
        block[at + TYPE_AT + 1] & 0xFF,
        PackFormat.getShort(block, at + TYPE_AT + 2),
        PackFormat.getInt(block, at + EPOCH_AT),
        PackFormat.getInt(block, at + PLAIN_AT),
        PackFormat.getInt(block, at + PAYLOAD_AT),
        Digest.fromBytes(block, at));
  }

  /** The entries in order of position. */
  int[] byOffset() {
    long[] keys = new long[count];
    Arrays.setAll(keys, i -> ((long) offset(i) << 32) | i);
    Arrays.sort(keys);
    int[] order = new int[count];
    Arrays.setAll(order, i -> (int) keys[i]);
    return order;
  }

  private int at(int entry) {
    return INDEX_HEADER_BYTES + entry * INDEX_ENTRY_BYTES;
  }
}
