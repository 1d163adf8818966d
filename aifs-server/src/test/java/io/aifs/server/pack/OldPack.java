package io.aifs.server.pack;

import static io.aifs.server.pack.PackFormat.HEADER_BYTES;

import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A pack of version 1, as programs of that time wrote it. */
final class OldPack {
  private static final int VERSION_AT = 8;
  private static final int FRAME_BYTES = 60;
  private static final int ENTRY_BYTES = 52;

  private OldPack() {}

  /** Bytes of a record in it. */
  static int recordBytes(PackRecord record) {
    return FRAME_BYTES + record.payload().length;
  }

  /** Writes records into an old pack of its own, records it and returns its name. */
  static String put(TestPacks packs, List<PackRecord> records, boolean sealed) {
    PackId id = packs.ids().get();
    byte[] bytes = bytes(id, records, sealed);
    packs.disk.put(PackFormat.fileName(id), bytes);
    packs.ledger.put(id, new LivePack(id, TestPacks.DOMAIN, bytes.length, sealed));
    return PackFormat.fileName(id);
  }

  static byte[] bytes(PackId id, List<PackRecord> records, boolean sealed) {
    ByteBuffer out = ByteBuffer.allocate(PackFormat.PACK_BYTES_MAX);
    long createdAt = TestPacks.CLOCK.millis();
    byte[] header = new PackHeader(id, TestPacks.DOMAIN, createdAt, TestPacks.HEADER).encode();
    PackFormat.putShort(header, VERSION_AT, 1);
    PackFormat.putCrc(header, 0, HEADER_BYTES - 4);
    out.put(header);
    List<byte[]> entries = new ArrayList<>();
    for (PackRecord record : records) {
      entries.add(entry(record, out.position()));
      putRecord(out, record);
    }
    if (sealed) {
      int indexAt = out.position();
      putIndex(out, entries);
      byte[] footer = new byte[PackFormat.FOOTER_BYTES];
      new PackFooter(1, id, indexAt, records.size()).writeTo(footer, 0);
      out.put(footer);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void putRecord(ByteBuffer out, PackRecord record) {
    int start = out.position();
    out.putInt(0xAF524543);
    out.put((byte) record.type().code()).put((byte) record.codec()).putShort((short) 0);
    out.putInt(record.epoch()).putInt(record.plainBytes()).putInt(record.payload().length);
    out.put(record.id().toBytes());
    putCrc(out, start);
    int payloadAt = out.position();
    out.put(record.payload());
    putCrc(out, payloadAt);
  }

  private static byte[] entry(PackRecord record, int position) {
    return ByteBuffer.allocate(ENTRY_BYTES)
        .put(record.id().toBytes())
        .putInt(position)
        .putInt(record.payload().length)
        .putInt(record.plainBytes())
        .putInt(record.epoch())
        .put((byte) record.type().code())
        .put((byte) record.codec())
        .array();
  }

  private static void putIndex(ByteBuffer out, List<byte[]> entries) {
    entries.sort(Comparator.comparing(entry -> entry, Arrays::compareUnsigned));
    int start = out.position();
    out.putInt(PackFormat.INDEX_MARKER).putInt(entries.size());
    putCrc(out, start);
    int entriesAt = out.position();
    entries.forEach(out::put);
    putCrc(out, entriesAt);
  }

  private static void putCrc(ByteBuffer out, int from) {
    byte[] covered = new byte[out.position() - from];
    out.get(from, covered);
    out.putInt(PackFormat.crc(covered, 0, covered.length));
  }
}
