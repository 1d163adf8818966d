package io.aifs.server.pack;

import static io.aifs.server.pack.TestRecords.assertSame;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packs in {@code format/} are as {@code docs/format/pack.md} says, byte for byte. Later code
 * must read them for ever: a failure here is a changed format, not a stale file.
 */
class PackFixtureTest {
  private static final PackId PACK = new PackId("00112233445566778899aabbccddeeff");

  private static final List<PackRecord> RECORDS =
      List.of(
          record(RecordType.CHUNK, "f0", 1, 1, 100, "first payload"),
          record(RecordType.MANIFEST_PAGE, "0f", 0, 2, 0, ""),
          record(RecordType.TREE_NODE, "7e", 255, 3, Integer.MAX_VALUE, "third"),
          record(RecordType.JOURNAL, "81", 7, Integer.MAX_VALUE, 1, "fourth and last payload"));

  /**
   * From version 2 on, also content that is stored as it is: its length is not written. From
   * version 3 on, also a difference to it.
   */
  private static List<PackRecord> records(int version) {
    List<PackRecord> records = new ArrayList<>(RECORDS);
    if (version > 1) {
      records.add(
          record(RecordType.CHUNK, "c4", 0, 1, 4, "w".repeat(40) + "data" + "t".repeat(16)));
    }
    if (version > 2) {
      Digest base = Digest.parse("c4".repeat(Digest.BYTES));
      records.add(
          new PackRecord(
              RecordType.CHUNK,
              Digest.parse("d5".repeat(Digest.BYTES)),
              68,
              base,
              1,
              4,
              "what differs".getBytes(US_ASCII)));
    }
    return records;
  }

  @ParameterizedTest
  @CsvSource({"1, true", "1, false", "2, true", "2, false", "3, true", "3, false"})
  void packOfEveryVersionIsRead(int version, boolean sealed) throws IOException {
    TestPacks packs = new TestPacks();
    byte[] bytes = fixture(version, sealed);
    packs.disk.put(PackFormat.fileName(PACK), bytes);
    packs.ledger.put(PACK, new LivePack(PACK, TestPacks.DOMAIN, bytes.length, sealed));
    try (PackStore store = packs.open()) {
      assertThat(store.openDamage()).isEmpty();
      FoundRecords found = FoundRecords.in(store);
      assertThat(found.damage).isEmpty();
      assertThat(found.visits).isEqualTo(records(version).size());
      for (PackRecord record : records(version)) {
        assertSame(store.getAll(List.of(record.id())).get(record.id()), record);
        assertSame(found.records.get(record.id()), record);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void packIsWrittenAsInVersion3(boolean sealed) throws IOException {
    TestPacks packs = new TestPacks();
    try (PackStore store =
        PackStore.open(
            packs.disk,
            TestPacks.DOMAIN,
            List.of(),
            TestPacks.HEADER,
            PackOptions.DEFAULT,
            () -> PACK,
            TestPacks.CLOCK)) {
      store.append(records(3));
      List<LivePack> synced = sealed ? store.seal() : store.sync();
      byte[] expected = fixture(3, sealed);
      assertThat(synced)
          .containsExactly(new LivePack(PACK, TestPacks.DOMAIN, expected.length, sealed));
      assertThat(packs.disk.names()).containsExactly("packs/00/" + PACK + ".pack");
      assertThat(HexFormat.of().formatHex(packs.disk.bytes(PackFormat.fileName(PACK))))
          .isEqualTo(HexFormat.of().formatHex(expected));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oldPacksOfTheseTestsAreThoseOfVersion1(boolean sealed) throws IOException {
    assertThat(HexFormat.of().formatHex(OldPack.bytes(PACK, RECORDS, sealed)))
        .isEqualTo(HexFormat.of().formatHex(fixture(1, sealed)));
  }

  private static byte[] fixture(int version, boolean sealed) throws IOException {
    String name = "/format/pack-v" + version + "-" + (sealed ? "sealed" : "unsealed") + ".hex";
    try (InputStream in = PackFixtureTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return HexFormat.of().parseHex(new String(in.readAllBytes(), US_ASCII).replace("\n", ""));
    }
  }

  private static PackRecord record(
      RecordType type, String id, int codec, int epoch, int plainBytes, String payload) {
    Digest digest = Digest.parse(id.repeat(Digest.BYTES));
    return new PackRecord(type, digest, codec, epoch, plainBytes, payload.getBytes(US_ASCII));
  }
}
