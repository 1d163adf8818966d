package io.aifs.server.pack;

import static io.aifs.server.pack.TestRecords.bytes;
import static io.aifs.server.pack.TestRecords.ids;
import static io.aifs.server.pack.TestRecords.record;
import static io.aifs.server.pack.TestRecords.records;
import static io.aifs.server.pack.TestRecords.same;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to the bytes of a pack: never wrong ones, and never more lost than was hit. */
class PackDamageTest {
  private static final List<PackRecord> RECORDS =
      List.of(record(0, 90), record(1, 0), record(2, 33), record(3, 120), record(4, 61));

  @ParameterizedTest
  @CsvSource({"1, true", "1, false", "2, true", "2, false"})
  void everyFlippedByteIsNamedAndCostsAtMostItsRecord(int version, boolean sealed)
      throws IOException {
    TestPacks packs = new TestPacks();
    boolean old = version == 1;
    String name = old ? OldPack.put(packs, RECORDS, sealed) : packs.pack(RECORDS, sealed);
    byte[] whole = packs.disk.bytes(name);
    for (int position = 0; position < whole.length; position++) {
      for (int mask : new int[] {1 << position % 8, 0xFF}) {
        packs.disk.flip(name, position, mask);
        try (PackStore store = packs.open()) {
          Set<Digest> lost =
              position < PackFormat.HEADER_BYTES ? Set.of() : recordAt(position, old);
          assertReads(store, lost, "byte " + position);
          FoundRecords found = FoundRecords.in(store);
          assertThat(found.names(position)).as("damage at %s: %s", position, found.damage).isTrue();
          assertThat(found.damage).hasSize(1);
          assertThat(found.records.keySet())
              .containsExactlyInAnyOrderElementsOf(
                  ids(RECORDS).stream().filter(id -> !lost.contains(id)).toList());
        }
        packs.disk.flip(name, position, mask);
      }
    }
    assertThat(packs.disk.bytes(name)).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void zeroedBlocksCostOnlyTheRecordsTheyTouch(boolean sealed) throws IOException {
    List<PackRecord> many = records(0, 300);
    TestPacks packs = new TestPacks();
    String name = packs.pack(many, sealed);
    byte[] whole = packs.disk.bytes(name);
    SeededTest.run(
        200,
        random -> {
          TestPacks hurt = packs.over(new TestDisk());
          byte[] bytes = whole.clone();
          boolean[] touched = new boolean[bytes.length];
          for (int block = 0; block < 1 + random.nextInt(4); block++) {
            int from = random.nextInt(bytes.length);
            int to = Math.min(bytes.length, from + 1 + random.nextInt(2_000));
            Arrays.fill(bytes, from, to, (byte) random.nextInt(3));
            Arrays.fill(touched, from, to, true);
          }
          hurt.disk.put(name, bytes);
          assertOnlyTouchedAreLost(hurt, many, touched);
        });
  }

  /** A lost header is followed by what only looks like one: the search goes past it. */
  @Test
  void searchForTheNextRecordAsksForAWholeOne() throws IOException {
    TestPacks packs = new TestPacks();
    byte[] look = new byte[200];
    PackRecord inner = record(8, 90);
    RecordForm2.write(RecordHeader.of(inner), look, 20); // a header, and no payload of its own
    PackRecord outer =
        new PackRecord(
            inner.type(), TestRecords.id(9), inner.codec(), inner.epoch(), look.length, look);
    List<PackRecord> records = new ArrayList<>(List.of(outer));
    records.addAll(RECORDS);
    String name = packs.pack(records, false);
    packs.disk.flip(name, PackFormat.HEADER_BYTES + 10, 1);
    try (PackStore store = packs.open()) {
      assertThat(store.missing(ids(records))).containsExactly(outer.id());
      assertThat(FoundRecords.in(store).records.keySet()).containsExactlyElementsOf(ids(RECORDS));
    }
  }

  /** A record longer than what a start reads at a time is found again too. */
  @Test
  void searchFindsALongRecord() throws IOException {
    TestPacks packs = new TestPacks();
    List<PackRecord> records = List.of(record(0, 90), record(1, 1_000_000), record(2, 33));
    String name = packs.pack(records, false);
    packs.disk.flip(name, PackFormat.HEADER_BYTES + 10, 1);
    try (PackStore store = packs.open()) {
      assertThat(store.missing(ids(records))).containsExactly(records.getFirst().id());
      assertThat(FoundRecords.in(store).records).hasSize(2);
    }
  }

  @Test
  void unreadableSectorCostsOnlyTheRecordsInIt() throws IOException {
    List<PackRecord> many = records(0, 300);
    for (boolean sealed : new boolean[] {true, false}) {
      TestPacks packs = new TestPacks();
      String name = packs.pack(many, sealed);
      packs.disk.badSector(name, 8_192, 12_288);
      boolean[] touched = new boolean[packs.disk.bytes(name).length];
      Arrays.fill(touched, 8_192, 12_288, true);
      assertOnlyTouchedAreLost(packs, many, touched);
      try (PackStore store = packs.open()) {
        assertThat(store.openDamage().isEmpty()).isEqualTo(sealed);
      }
    }
  }

  @Test
  void packOfALaterFormatIsRefusedAndNotCalledDamaged() throws IOException {
    for (boolean sealed : new boolean[] {true, false}) {
      TestPacks packs = new TestPacks();
      String name = packs.pack(RECORDS, sealed);
      byte[] bytes = packs.disk.bytes(name);
      int at = sealed ? bytes.length - PackFormat.FOOTER_BYTES : 0;
      PackFormat.putShort(bytes, at + 8, PackFormat.VERSION + 1);
      PackFormat.putCrc(
          bytes, at, (sealed ? PackFormat.FOOTER_BYTES : PackFormat.HEADER_BYTES) - 4);
      packs.disk.put(name, bytes);
      try (PackStore store = packs.open()) {
        assertThatThrownBy(() -> store.missing(ids(RECORDS)))
            .isInstanceOf(io.aifs.core.AifsException.Unsupported.class)
            .hasMessageContaining("format version " + (PackFormat.VERSION + 1));
      }
    }
  }

  @Test
  void recordOfALaterFormatIsWalkedOverAndNamed() throws IOException {
    TestPacks packs = new TestPacks();
    String name = packs.pack(RECORDS, false);
    byte[] bytes = packs.disk.bytes(name);
    int crcAt = RecordHeader.of(RECORDS.getFirst()).headerBytes() - 4;
    bytes[PackFormat.HEADER_BYTES] = (byte) ((15 << 3) | (bytes[PackFormat.HEADER_BYTES] & 7));
    PackFormat.putCrc(bytes, PackFormat.HEADER_BYTES, crcAt);
    packs.disk.put(name, bytes);
    try (PackStore store = packs.open()) {
      assertReads(store, Set.of(RECORDS.getFirst().id()), "type 15");
      FoundRecords found = FoundRecords.in(store);
      assertThat(found.damage).hasSize(1);
      assertThat(found.damage.getFirst().detail()).contains("later format");
      assertThat(found.records).hasSize(4);
    }
  }

  @Test
  void damagedCopyIsReplacedByAnotherOne() throws IOException {
    TestPacks packs = new TestPacks();
    String first = packs.pack(RECORDS, true);
    TestPacks others = packs.over(packs.disk);
    others.ledger.clear();
    String second = others.pack(RECORDS, true);
    packs.ledger.putAll(others.ledger);
    for (String name : List.of(first, second)) {
      packs.disk.flip(name, PackFormat.HEADER_BYTES + 60, 1);
      try (PackStore store = packs.open()) {
        assertReads(store, Set.of(), name);
      }
      packs.disk.flip(name, PackFormat.HEADER_BYTES + 60, 1);
    }
    packs.disk.flip(first, PackFormat.HEADER_BYTES + 60, 1);
    packs.disk.flip(second, PackFormat.HEADER_BYTES + 60, 1);
    try (PackStore store = packs.open()) {
      assertReads(store, Set.of(RECORDS.getFirst().id()), "both");
    }
  }

  /** Every record reads as written, or is in {@code lost} and then damaged or absent. */
  private static void assertReads(PackStore store, Set<Digest> lost, String what)
      throws IOException {
    for (PackRecord record : RECORDS) {
      boolean intact;
      try {
        PackRecord read = store.getAll(List.of(record.id())).get(record.id());
        assertThat(read == null || same(read, record)).as("wrong bytes, %s", what).isTrue();
        intact = read != null;
      } catch (DamagedRecordException _) {
        intact = false;
      }
      assertThat(intact)
          .as("%s after damage to %s", record.id(), what)
          .isEqualTo(!lost.contains(record.id()));
    }
  }

  /** The record that this byte of the pack of {@link #RECORDS} belongs to. */
  private static Set<Digest> recordAt(int position, boolean old) {
    int end = PackFormat.HEADER_BYTES;
    for (PackRecord record : RECORDS) {
      end += old ? OldPack.recordBytes(record) : bytes(record);
      if (position < end) {
        return Set.of(record.id());
      }
    }
    return Set.of();
  }

  private static void assertOnlyTouchedAreLost(
      TestPacks packs, List<PackRecord> records, boolean[] touched) throws IOException {
    try (PackStore store = packs.open()) {
      FoundRecords found = FoundRecords.in(store);
      int start = PackFormat.HEADER_BYTES;
      for (PackRecord record : records) {
        int end = start + bytes(record);
        boolean hit = false;
        for (int i = start; i < end; i++) {
          hit |= touched[i];
        }
        PackRecord scanned = found.records.get(record.id());
        assertThat(scanned == null ? hit : same(scanned, record)).isTrue();
        assertThat(reads(store, record) || hit).as("%s at %s", record, start).isTrue();
        start = end;
      }
    }
  }

  private static boolean reads(PackStore store, PackRecord record) throws IOException {
    try {
      PackRecord read = store.getAll(List.of(record.id())).get(record.id());
      assertThat(read == null || same(read, record)).isTrue();
      return read != null;
    } catch (DamagedRecordException _) {
      return false;
    }
  }
}
