package io.aifs.server.pack;

import static io.aifs.server.pack.TestRecords.assertSame;
import static io.aifs.server.pack.TestRecords.ids;
import static io.aifs.server.pack.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.Digest;
import io.aifs.server.model.DamagedRecord;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.RecordCopies.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A damaged copy does not count as stored from the moment it is met, and is read last. */
class QuarantineTest {
  private static final List<PackRecord> RECORDS = List.of(record(0, 90), record(1, 70));
  private static final PackRecord HIT = RECORDS.getFirst();
  private static final int PAYLOAD = PackFormat.HEADER_BYTES + 60;

  private final TestPacks packs = new TestPacks();
  private final List<DamagedRecord> told = new ArrayList<>();
  private final List<DamagedRecord> sound = new ArrayList<>();
  private String file = "";

  @BeforeEach
  void damageARecord() throws IOException {
    file = packs.pack(RECORDS, true);
    packs.disk.flip(file, PAYLOAD, 1);
  }

  @Test
  void aReadHidesItAndTellsOnce() throws IOException {
    try (PackStore store = open(List.of())) {
      assertThat(store.missing(ids(RECORDS))).isEmpty();
      assertUnreadable(store);
      assertUnreadable(store);
      assertThat(store.missing(ids(RECORDS))).containsExactly(HIT.id());
      assertThat(told).hasSize(1);
      assertThat(told.getFirst().position()).isEqualTo(PackFormat.HEADER_BYTES);
      assertThat(told.getFirst().id()).isEqualTo(HIT.id());
      assertThat(told.getFirst().detail()).contains("payload");
    }
  }

  @Test
  void aScanHidesItAndLaterShowsItAgainIfItHolds() throws IOException {
    try (PackStore store = open(List.of())) {
      assertThat(FoundRecords.in(store).damage).hasSize(1);
      assertThat(store.missing(ids(RECORDS))).containsExactly(HIT.id());
      assertThat(told).hasSize(1);
      packs.disk.flip(file, PAYLOAD, 1);
      assertThat(FoundRecords.in(store).damage).isEmpty();
      assertThat(store.missing(ids(RECORDS))).isEmpty();
      assertThat(sound).isEqualTo(told);
    }
  }

  @Test
  void puttingTheSameRecordAgainHealsIt() throws IOException {
    try (PackStore store = open(List.of())) {
      assertUnreadable(store);
      store.append(List.of(HIT));
      assertThat(store.missing(ids(RECORDS))).isEmpty();
      assertRead(store);
      packs.commit(store, store.sync());
    }
    try (PackStore store = open(told)) {
      assertThat(store.missing(ids(RECORDS))).isEmpty();
      assertRead(store);
      assertThat(told).hasSize(1);
    }
  }

  @Test
  void whatIsKnownIsHiddenAfterReopening() throws IOException {
    try (PackStore store = open(List.of())) {
      assertUnreadable(store);
    }
    DamagedRecord elsewhere =
        new DamagedRecord(new PackId("f".repeat(32)), 512, HIT.id(), false, "");
    try (PackStore store = open(List.of(told.getFirst(), elsewhere))) {
      assertThat(store.missing(ids(RECORDS))).containsExactly(HIT.id());
      assertThat(told).hasSize(1);
    }
  }

  @Test
  void aHiddenCopyThatHoldsIsReadIfThereIsNoOther() throws IOException {
    DamagedRecord wrongly = known(false);
    packs.disk.flip(file, PAYLOAD, 1);
    try (PackStore store = open(List.of(wrongly))) {
      assertThat(store.missing(ids(RECORDS))).containsExactly(HIT.id());
      assertRead(store);
    }
  }

  @Test
  void aFailingDiskHidesItForNowUntilAScanFindsItBadToo() throws IOException {
    packs.disk.flip(file, PAYLOAD, 1);
    packs.disk.badSector(file, PAYLOAD, PAYLOAD + 1);
    try (PackStore store = open(List.of())) {
      assertUnreadable(store);
      assertThat(store.missing(List.of(HIT.id()))).containsExactly(HIT.id());
      assertThat(told).isEmpty();
      assertThat(FoundRecords.in(store).damage).isNotEmpty(); // a sector holds more than a byte
      assertThat(told)
          .extracting(DamagedRecord::id) // the index knows the first bits of it
          .contains(RecordKey.of(HIT.id()).padded());
    }
  }

  @Test
  void whatDoesNotOpenIsShownAgainOnlyWhenItOpens() throws IOException {
    packs.disk.flip(file, PAYLOAD, 1);
    try (PackStore store = open(List.of(known(true)))) {
      assertThat(FoundRecords.in(store).damage).isEmpty();
      assertThat(store.missing(ids(RECORDS))).containsExactly(HIT.id());
      store.copies().opens(known(true).pack(), PackFormat.HEADER_BYTES);
      assertThat(store.missing(ids(RECORDS))).isEmpty();
      assertThat(sound).hasSize(1);
    }
  }

  @Test
  void theFirstCopyThatIsGenuineIsFoundAndTheOthersAreHidden() throws IOException {
    packs.disk.flip(file, PAYLOAD, 1);
    try (PackStore store = open(List.of(known(false)))) {
      store.append(List.of(HIT)); // a second copy
      assertThat(store.copies().genuine(HIT.id(), _ -> Verdict.DAMAGED)).isEmpty();
      assertThat(store.missing(List.of(HIT.id()))).hasSize(1);
      assertThat(told).hasSize(1);
      Optional<PackRecord> found = store.copies().genuine(HIT.id(), _ -> Verdict.GENUINE);
      assertSame(found.orElseThrow(), HIT);
    }
  }

  private DamagedRecord known(boolean checksumHolds) {
    PackId pack = packs.ledger.keySet().iterator().next();
    return new DamagedRecord(pack, PackFormat.HEADER_BYTES, HIT.id(), checksumHolds, "known");
  }

  private PackStore open(List<DamagedRecord> known) {
    DamageListener listener =
        new DamageListener() {
          @Override
          public void damaged(DamagedRecord record) {
            told.add(record);
          }

          @Override
          public void sound(DamagedRecord record) {
            sound.add(record);
          }
        };
    return PackStore.open(
        packs.disk,
        TestPacks.DOMAIN,
        List.copyOf(packs.ledger.values()),
        TestPacks.HEADER,
        PackOptions.DEFAULT,
        new KnownDamage(known, listener),
        CondemnedRecords.NONE,
        Pace.FULL,
        packs.ids(),
        TestPacks.CLOCK);
  }

  private static void assertRead(PackStore store) throws IOException {
    for (PackRecord record : RECORDS) {
      assertSame(store.getAll(List.of(record.id())).get(record.id()), record);
    }
  }

  private static void assertUnreadable(PackStore store) {
    Digest id = HIT.id();
    assertThatThrownBy(() -> store.getAll(List.of(id)))
        .isInstanceOfSatisfying(
            DamagedRecordException.class, e -> assertThat(e.id()).isEqualTo(id));
  }
}
