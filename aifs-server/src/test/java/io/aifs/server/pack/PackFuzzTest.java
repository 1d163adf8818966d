package io.aifs.server.pack;

import io.aifs.core.AifsException;
import io.aifs.core.chunk.Codec;
import io.aifs.crypto.RecordType;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import io.aifs.server.model.PackId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Headers, records, indexes and footers of packs, whose checksums are made to fit. */
class PackFuzzTest {
  private static final PackId PACK = new PackId("a0".repeat(16));

  /** So much of a pack that an index cannot reach beyond. */
  private static final long RECORDS_END = 1 << 20;

  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    byte[] header = new PackHeader(PACK, TestPacks.DOMAIN, 1L, TestPacks.HEADER).encode();
    byte[] footer = new byte[PackFormat.FOOTER_BYTES];
    new PackFooter(PackFormat.VERSION, PACK, 4_096, 7).writeTo(footer, 0);
    return List.of(
        FuzzTarget.bytes(
                PackHeader.class,
                "decode",
                bytes -> Optional.ofNullable(PackHeader.decode(bytes)),
                header)
            .refusesWith(AifsException.Unsupported.class)
            .mendedBy(bytes -> withCrc(bytes, PackFormat.HEADER_BYTES)),
        FuzzTarget.bytes(PackFooter.class, "read", PackFuzzTest::footer, footer)
            .refusesWith(AifsException.Unsupported.class)
            .mendedBy(bytes -> withCrc(bytes, PackFormat.FOOTER_BYTES)),
        FuzzTarget.bytes(
                RecordHeader.class,
                "read",
                bytes -> Optional.ofNullable(RecordHeader.read(bytes, 0, bytes.length)),
                recordHeader(1),
                recordHeader(2),
                differenceHeader(),
                recordHeader(256))
            .mendedBy(bytes -> withCrc(bytes, bytes.length)),
        FuzzTarget.bytes(RecordForm1.class, "read", PackFuzzTest::oldRecord, oldHeader())
            .mendedBy(bytes -> withCrc(bytes, bytes.length)),
        FuzzTarget.bytes(
                RecordForm2.class,
                "read",
                bytes ->
                    bytes.length == 0 || bytes[0] < 0
                        ? Optional.empty()
                        : Optional.ofNullable(RecordForm2.read(bytes, 0, bytes.length)),
                recordHeader(3))
            .mendedBy(bytes -> withCrc(bytes, bytes.length)),
        FuzzTarget.bytes(RecordBytes.class, "decode", PackFuzzTest::record, record(5), record(9)),
        FuzzTarget.bytes(IndexBlock.class, "read", PackFuzzTest::index, block())
            .mendedBy(PackFuzzTest::withIndexCrcs));
  }

  private static Optional<PackFooter> footer(byte[] bytes) {
    return Optional.ofNullable(PackFooter.read(Arrays.copyOf(bytes, PackFormat.FOOTER_BYTES), 0));
  }

  private static byte[] recordHeader(int number) {
    RecordHeader header = RecordHeader.of(TestRecords.record(number));
    byte[] bytes = new byte[header.headerBytes()];
    RecordForm2.write(header, bytes, 0);
    return bytes;
  }

  private static byte[] record(int number) {
    PackRecord record = TestRecords.record(number);
    RecordHeader header = RecordHeader.of(record);
    byte[] bytes = new byte[header.totalBytes()];
    RecordBytes.encode(header, record, bytes, 0);
    return bytes;
  }

  private static Optional<PackRecord> record(byte[] bytes) {
    RecordHeader header = RecordHeader.read(bytes, 0, bytes.length);
    if (header == null
        || header.knownType() == null
        || header.totalBytes() > bytes.length
        || !RecordBytes.payloadHolds(header, bytes, 0)) {
      return Optional.empty();
    }
    return Optional.of(RecordBytes.decode(header, header.knownType(), bytes, 0));
  }

  /** Version 1: a marker, fixed fields, a checksum. */
  private static byte[] oldHeader() {
    byte[] bytes = new byte[56];
    PackFormat.putInt(bytes, 0, 0xAF524543);
    bytes[4] = 1;
    PackFormat.putInt(bytes, 8, 3);
    PackFormat.putInt(bytes, 12, 100);
    PackFormat.putInt(bytes, 16, 156);
    PackFormat.putCrc(bytes, 0, bytes.length - PackFormat.CRC_BYTES);
    return bytes;
  }

  private static Optional<RecordHeader> oldRecord(byte[] bytes) {
    return Optional.ofNullable(RecordForm1.read(bytes, 0, bytes.length));
  }

  private static byte[] block() {
    List<PackRecord> records = TestRecords.records(0, 5);
    IndexEntries entries = new IndexEntries();
    records.forEach(record -> entries.add(RecordHeader.of(record)));
    entries.add(RecordHeader.of(difference()));
    return entries.encode();
  }

  private static PackRecord difference() {
    return new PackRecord(
        RecordType.CHUNK,
        TestRecords.id(7),
        Codec.DELTA_4.code(),
        TestRecords.id(1),
        1,
        100,
        new byte[70]);
  }

  private static byte[] differenceHeader() {
    RecordHeader header = RecordHeader.of(difference());
    byte[] bytes = new byte[header.headerBytes()];
    RecordForm2.write(header, bytes, 0);
    return bytes;
  }

  /** As a footer that says what the block's length allows. */
  private static Optional<List<IndexEntry>> index(byte[] bytes) {
    if (bytes.length < 8) {
      return Optional.empty();
    }
    for (int version = 1; version <= PackFormat.VERSION; version++) {
      int count = PackFormat.getInt(bytes, 4);
      List<IndexEntry> read = IndexBlock.read(version, bytes, count, RECORDS_END);
      if (read != null) {
        return Optional.of(read);
      }
    }
    return Optional.empty();
  }

  private static byte[] withIndexCrcs(byte[] bytes) {
    byte[] out = Arrays.copyOf(bytes, Math.max(bytes.length, 20));
    PackFormat.putInt(out, 0, PackFormat.INDEX_MARKER);
    PackFormat.putCrc(out, 0, 8);
    return withCrc(out, PackFormat.INDEX_HEADER_BYTES, out.length);
  }

  private static byte[] withCrc(byte[] bytes, int length) {
    return withCrc(bytes, 0, Math.max(length, PackFormat.CRC_BYTES));
  }

  private static byte[] withCrc(byte[] bytes, int from, int end) {
    byte[] out = Arrays.copyOf(bytes, Math.max(bytes.length, end));
    PackFormat.putCrc(out, from, end - from - PackFormat.CRC_BYTES);
    return out;
  }
}
