package io.aifs.server.pack;

import static io.aifs.server.pack.TestRecords.ids;
import static io.aifs.server.pack.TestRecords.record;
import static io.aifs.server.pack.TestRecords.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.server.model.LivePack;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Failing disks: an error, nothing half done, and back to work when the fault ends. */
class PackFaultTest {
  private final TestPacks packs = new TestPacks();

  @Test
  void failedSyncForgetsWhatWasNotDurableAndTheFileIsNotTrustedAgain() throws IOException {
    try (PackStore store = packs.open()) {
      store.append(records(0, 4));
      packs.commit(store, store.sync());
      store.append(records(4, 4));
      packs.disk.failSyncs(1);
      assertThatThrownBy(store::sync).isInstanceOf(IOException.class);
      assertThat(store.losses()).isEqualTo(1);
      assertThat(store.missing(ids(records(0, 8))))
          .containsExactlyInAnyOrderElementsOf(ids(records(4, 4)));
      assertThat(store.getAll(ids(records(0, 8)))).hasSize(4);

      store.append(records(4, 4));
      packs.commit(store, store.sync());
      assertThat(store.losses()).isEqualTo(1);
      assertThat(packs.ledger).hasSize(2);
    }
    assertSurvives(8);
  }

  @Test
  void failedFirstSyncLeavesNoPackBehind() throws IOException {
    try (PackStore store = packs.open()) {
      store.append(records(0, 4));
      packs.disk.failSyncs(1);
      assertThatThrownBy(store::sync).isInstanceOf(IOException.class);
      assertThat(packs.disk.names()).isEmpty();
      assertThat(store.storedBytes()).isZero();
      assertThat(store.sync()).isEmpty();
      assertThat(FoundRecords.in(store).visits).isZero();
    }
  }

  @Test
  void packWhoseNameIsNotDurableIsForgotten() throws IOException {
    try (PackStore store = packs.open()) {
      store.append(records(0, 4));
      packs.disk.failDirectorySyncs(1);
      assertThatThrownBy(store::sync).isInstanceOf(IOException.class);
      assertThat(store.missing(ids(records(0, 4)))).hasSize(4);
      store.append(records(0, 4));
      packs.commit(store, store.sync());
    }
    assertSurvives(4);
  }

  @Test
  void recordAppendedWhileASyncFailsIsCountedAsALoss() throws IOException {
    try (PackStore store = packs.open()) {
      store.append(records(0, 4));
      packs.commit(store, store.sync());
      store.append(records(4, 2));
      final long before = store.losses();
      packs.disk.duringSync(() -> append(store, records(6, 2)));
      packs.disk.failSyncs(1);
      assertThatThrownBy(store::sync).isInstanceOf(IOException.class);
      packs.disk.duringSync(() -> {});
      assertThat(store.missing(ids(records(0, 8)))).hasSize(4);
      assertThat(store.sync()).isEmpty();
      assertThat(store.losses()).isGreaterThan(before);
    }
  }

  @Test
  void syncDoesNotHoldUpAppendsAndCoversWhatCameBeforeIt() throws IOException {
    try (PackStore store = packs.open()) {
      store.append(records(0, 4));
      packs.disk.duringSync(() -> append(store, records(4, 4)));
      packs.commit(store, store.sync());
      packs.disk.duringSync(() -> {});
      try (PackStore left = packs.over(packs.disk.crashed(new Random(1))).open()) {
        assertThat(left.getAll(ids(records(0, 8)))).hasSize(4);
      }
      packs.commit(store, store.sync());
    }
    assertSurvives(8);
  }

  @Test
  void diskThatFillsAtAnyByteOfABatchLosesOnlyThatBatch() throws IOException {
    long batch = 0;
    for (PackRecord record : records(4, 3)) {
      batch += TestRecords.bytes(record);
    }
    for (long free = 0; free < batch; free++) {
      TestPacks full = new TestPacks();
      try (PackStore store = full.open()) {
        store.append(records(0, 4));
        full.disk.freeBytes(free);
        assertThatThrownBy(() -> store.append(records(4, 3))).hasMessageContaining("No space");
        assertThat(store.missing(ids(records(0, 7)))).hasSize(3);
        assertThatThrownBy(() -> store.append(records(4, 3))).hasMessageContaining("No space");
        full.commit(store, store.sync());
        assertThat(store.losses()).isZero();
        full.disk.freeBytes(Long.MAX_VALUE);
        store.append(records(4, 3));
        full.commit(store, store.sync());
        assertThat(FoundRecords.in(store).damage).isEmpty();
      }
      try (PackStore store = full.over(full.disk.crashed(new Random(free))).open()) {
        assertThat(store.openDamage()).isEmpty();
        assertThat(store.getAll(ids(records(0, 7)))).hasSize(7);
        assertThat(FoundRecords.in(store).damage).isEmpty();
      }
    }
  }

  @Test
  void diskTooFullForTheIndexLeavesThePackUnsealed() throws IOException {
    try (PackStore store = packs.open()) {
      store.append(records(0, 4));
      packs.disk.freeBytes(100);
      List<LivePack> synced = store.seal();
      assertThat(synced).hasSize(1);
      assertThat(synced.getFirst().sealed()).isFalse();
      packs.commit(store, synced);
      assertThat(store.getAll(ids(records(0, 4)))).hasSize(4);
    }
    assertSurvives(4);
  }

  @Test
  void failedSyncOfTheIndexCostsNoRecord() throws IOException {
    try (PackStore store = packs.open()) {
      store.append(records(0, 4));
      packs.commit(store, store.sync());
      packs.disk.failSyncs(1);
      assertThatThrownBy(store::seal).isInstanceOf(IOException.class);
      assertThat(store.getAll(ids(records(0, 4)))).hasSize(4);
      assertThat(FoundRecords.in(store).damage).isEmpty();
      assertThat(store.seal()).isEmpty();
    }
    assertSurvives(4);
  }

  @Test
  void oneOfTwoPacksThatDoesNotSyncDoesNotTakeTheOtherAlong() throws IOException {
    try (PackStore store = packs.open(new PackOptions(1_000, 4))) {
      store.append(List.of(record(0, 200), record(1, 200)));
      assertThat(packs.disk.names()).hasSize(2);
      packs.disk.failSyncs(1);
      assertThatThrownBy(store::sync).isInstanceOf(IOException.class);
      assertThat(store.missing(List.of(record(0).id(), record(1).id()))).hasSize(1);
      packs.commit(store, store.sync());
      store.append(List.of(record(0, 200), record(1, 200)));
      packs.commit(store, store.sync());
    }
    assertSurvives(2);
  }

  @Test
  void unreadableDiskIsDamageAndReadsAgainWhenItRecovers() throws IOException {
    String name = packs.pack(records(0, 4), true);
    try (PackStore store = packs.open()) {
      assertThat(store.openDamage()).isEmpty();
      packs.disk.badSector(name, 0, 100_000);
      assertThatThrownBy(() -> store.getAll(ids(records(0, 4))))
          .isInstanceOf(DamagedRecordException.class)
          .hasRootCauseMessage("Input/output error");
      packs.disk.badSector(name, -1, -1);
      assertThat(store.getAll(ids(records(0, 4)))).hasSize(4);
    }
  }

  private static void append(PackStore store, List<PackRecord> records) {
    try {
      store.append(records);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** After any power cut now, exactly the first {@code count} records are there and whole. */
  private void assertSurvives(int count) throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      try (PackStore store = packs.over(packs.disk.crashed(new Random(seed))).open()) {
        assertThat(store.openDamage()).isEmpty();
        FoundRecords found = FoundRecords.in(store);
        assertThat(found.damage).isEmpty();
        assertThat(found.visits).isEqualTo(count);
        assertThat(store.getAll(ids(records(0, count)))).hasSize(count);
      }
    }
  }
}
