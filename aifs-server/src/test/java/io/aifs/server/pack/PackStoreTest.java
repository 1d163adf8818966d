package io.aifs.server.pack;

import static io.aifs.server.pack.TestRecords.assertSame;
import static io.aifs.server.pack.TestRecords.bytes;
import static io.aifs.server.pack.TestRecords.id;
import static io.aifs.server.pack.TestRecords.ids;
import static io.aifs.server.pack.TestRecords.record;
import static io.aifs.server.pack.TestRecords.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.DomainId;
import io.aifs.server.model.LivePack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackStoreTest {
  private final TestPacks packs = new TestPacks();

  @Test
  void openingAndAskingForNothingTouchesNoDisk() throws IOException {
    packs.pack(records(0, 5), true);
    int opens = packs.disk.opens();
    try (PackStore store = packs.open()) {
      assertThat(store.sync()).isEmpty();
      assertThat(store.seal()).isEmpty();
      assertThat(store.storedBytes()).isPositive();
    }
    assertThat(packs.disk.opens()).isEqualTo(opens);
    assertThat(packs.disk.names()).hasSize(1);
  }

  @Test
  void sealedPackIsOpenedByOneRead() throws IOException {
    packs.pack(records(0, 500), true);
    int reads = packs.disk.reads();
    try (PackStore store = packs.open()) {
      assertThat(store.missing(List.of(id(499), id(500)))).containsExactly(id(500));
      assertThat(packs.disk.reads() - reads).isEqualTo(1);
    }
  }

  @Test
  void neighboursAreReadTogether() throws IOException {
    packs.pack(records(0, 500), true);
    try (PackStore store = packs.open()) {
      assertThat(store.openDamage()).isEmpty();
      int reads = packs.disk.reads();
      assertThat(store.getAll(ids(records(100, 200)))).hasSize(200);
      assertThat(packs.disk.reads() - reads).isEqualTo(1);
    }
  }

  @Test
  void restartAppendsToAnotherPack() throws IOException {
    String first = packs.pack(records(0, 5), false);
    byte[] before = packs.disk.bytes(first);
    String second = packs.pack(records(3, 5), false);
    assertThat(second).isNotEqualTo(first);
    assertThat(packs.disk.bytes(first)).isEqualTo(before);
    try (PackStore store = packs.open()) {
      assertThat(store.getAll(ids(records(0, 8)))).hasSize(8);
      assertThat(FoundRecords.in(store).visits).isEqualTo(8);
    }
  }

  @Test
  void fullPacksAreSealedBelowTheLimitAndAnotherBegins() throws IOException {
    PackOptions options = new PackOptions(4_000, 2);
    try (PackStore store = packs.open(options)) {
      for (int from = 0; from < 300; from += 7) {
        store.append(records(from, 7));
        if (from % 5 == 0) {
          packs.commit(store, store.sync());
        }
      }
      store.append(List.of(record(1_000, 9_000), record(1_001, 10)));
      packs.commit(store, store.sync());
      assertThat(store.getAll(ids(records(0, 300)))).hasSize(300);
      assertThat(packs.disk.openReaders()).isLessThanOrEqualTo(2);
    }
    assertThat(packs.ledger.values().stream().filter(pack -> !pack.sealed())).hasSize(1);
    assertThat(packs.ledger.values().stream().filter(pack -> pack.syncedBytes() > 4_000))
        .hasSize(1);
    assertThat(packs.disk.openReaders()).isZero();
    try (PackStore store = packs.open(options)) {
      assertThat(store.openDamage()).isEmpty();
      FoundRecords found = FoundRecords.in(store);
      assertThat(found.damage).isEmpty();
      assertThat(found.visits).isEqualTo(303);
      for (PackRecord record : records(0, 300)) {
        assertSame(found.records.get(record.id()), record);
      }
    }
  }

  @Test
  void tornTailOfEveryLengthIsIgnored() throws IOException {
    List<PackRecord> kept = records(0, 3);
    String name = packs.pack(kept, false);
    int synced = packs.disk.bytes(name).length;
    byte[] tail = new byte[bytes(record(9))];
    RecordBytes.encode(RecordHeader.of(record(9)), record(9), tail, 0);
    byte[] longer = Arrays.copyOf(packs.disk.bytes(name), synced + tail.length);
    System.arraycopy(tail, 0, longer, synced, tail.length);
    for (int length = synced; length <= longer.length; length++) {
      packs.disk.put(name, Arrays.copyOf(longer, length));
      try (PackStore store = packs.open()) {
        assertThat(store.openDamage()).isEmpty();
        assertThat(store.missing(List.of(record(9).id()))).hasSize(1);
        assertThat(FoundRecords.in(store).damage).isEmpty();
        assertThat(store.getAll(ids(kept))).hasSize(3);
      }
    }
  }

  @Test
  void packCutShortKeepsWhatIsInFrontOfTheCut() throws IOException {
    for (boolean sealed : new boolean[] {true, false}) {
      TestPacks cut = new TestPacks();
      String name = cut.pack(records(0, 4), sealed);
      byte[] whole = cut.disk.bytes(name);
      for (int length = 0; length < whole.length; length++) {
        cut.disk.put(name, Arrays.copyOf(whole, length));
        List<PackRecord> inFront = new ArrayList<>();
        int end = PackFormat.HEADER_BYTES;
        for (PackRecord record : records(0, 4)) {
          end += bytes(record);
          if (end <= length) {
            inFront.add(record);
          }
        }
        try (PackStore store = cut.open()) {
          assertThat(store.openDamage()).anyMatch(found -> found.detail().contains("cut short"));
          FoundRecords found = FoundRecords.in(store);
          assertThat(found.records.keySet()).containsExactlyElementsOf(ids(inFront));
          assertThat(found.names(whole.length - 1)).isTrue();
          assertThat(store.getAll(ids(records(0, 4)))).hasSize(inFront.size());
        }
      }
    }
  }

  @Test
  void missingPackIsReportedAndTheOthersRead() throws IOException {
    String gone = packs.pack(records(0, 4), true);
    packs.pack(records(4, 4), true);
    packs.disk.delete(gone);
    try (PackStore store = packs.open()) {
      assertThat(store.openDamage()).hasSize(1);
      assertThat(store.openDamage().getFirst().detail()).isEqualTo("file is missing");
      assertThat(FoundRecords.in(store).damage).hasSize(1);
      assertThat(store.getAll(ids(records(0, 8)))).hasSize(4);
      store.append(records(0, 4)); // put again, it is whole again
      assertThat(store.getAll(ids(records(0, 8)))).hasSize(8);
    }
  }

  @Test
  void packThatVanishesUnderTheStoreIsDamage() throws IOException {
    String name = packs.pack(records(0, 4), true);
    try (PackStore store = packs.open()) {
      assertThat(store.openDamage()).isEmpty();
      packs.disk.delete(name);
      assertThatThrownBy(() -> store.getAll(ids(records(0, 4))))
          .isInstanceOf(DamagedRecordException.class)
          .hasMessageContaining("missing");
    }
  }

  @Test
  void orphansAreThisDomainsPacksThatNothingNames() throws IOException {
    final String live = packs.pack(records(0, 4), true);
    final TestPacks unrecorded = packs.over(packs.disk);
    final String orphan = unrecorded.pack(records(4, 4), false);
    try (PackStore other =
        PackStore.open(
            packs.disk,
            DomainId.parse("aa".repeat(16)),
            List.of(),
            TestPacks.HEADER,
            PackOptions.DEFAULT,
            packs.ids(),
            TestPacks.CLOCK)) {
      other.append(records(8, 4));
    }
    packs.disk.put("packs/a0/torn", new byte[10]);
    try (PackStore store = packs.open()) {
      store.append(records(20, 4));
      assertThat(store.orphans()).containsExactly(orphan);
      assertThat(store.deleteOrphans()).containsExactly(orphan);
      assertThat(store.orphans()).isEmpty();
      assertThat(packs.disk.names()).contains(live).doesNotContain(orphan).hasSize(4);
    }
  }

  @Test
  void packOfAnotherDomainIsRefused() {
    LivePack foreign = new LivePack(packs.ids().get(), DomainId.parse("aa".repeat(16)), 600, false);
    packs.ledger.put(foreign.id(), foreign);
    assertThatThrownBy(packs::open).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void closedStoreDoesNotPretend() throws IOException {
    PackStore store = packs.open();
    store.append(records(0, 4));
    store.close();
    assertThatThrownBy(store::sync).hasMessageContaining("closed");
    assertThatThrownBy(() -> store.append(records(4, 1))).hasMessageContaining("closed");
    assertThatThrownBy(() -> store.getAll(ids(records(0, 4)))).hasMessageContaining("closed");
  }
}
