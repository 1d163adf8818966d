package io.aifs.server.pack;

import static io.aifs.server.pack.TestRecords.assertSame;
import static io.aifs.server.pack.TestRecords.id;
import static io.aifs.server.pack.TestRecords.ids;
import static io.aifs.server.pack.TestRecords.record;
import static io.aifs.server.pack.TestRecords.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.chunk.Codec;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link RecordStore} promises. Subclasses only say how to make an empty one. */
abstract class RecordStoreContract {
  abstract RecordStore open() throws IOException;

  @Test
  void appendedRecordReadsBackBeforeAnySync() throws IOException {
    try (RecordStore store = open()) {
      List<PackRecord> appended = records(0, 100);
      store.append(appended);
      Map<Digest, PackRecord> found = store.getAll(ids(appended));
      assertThat(found).hasSize(100);
      for (PackRecord record : appended) {
        assertSame(found.get(record.id()), record);
      }
    }
  }

  @Test
  void absentIdsAreMissingAndAbsentFromTheResult() throws IOException {
    try (RecordStore store = open()) {
      store.append(records(0, 3));
      assertThat(store.missing(List.of(id(1), id(7), id(2), id(8), id(7))))
          .containsExactlyInAnyOrder(id(7), id(8));
      assertThat(store.getAll(List.of(id(7), id(1), id(1)))).containsOnlyKeys(id(1));
    }
  }

  @Test
  void nothingIsAskedAndNothingIsStored() throws IOException {
    try (RecordStore store = open()) {
      store.append(List.of());
      assertThat(store.missing(List.of())).isEmpty();
      assertThat(store.getAll(List.of())).isEmpty();
      assertThat(store.sync()).isEmpty();
      assertThat(store.seal()).isEmpty();
      assertThat(store.storedBytes()).isZero();
      assertThat(FoundRecords.in(store).visits).isZero();
    }
  }

  @Test
  void firstOfSeveralRecordsWithOneIdIsKept() throws IOException {
    PackRecord first = record(1, 50);
    PackRecord second = record(1, 60);
    try (RecordStore store = open()) {
      store.append(List.of(first, second));
      store.append(List.of(second, record(2), second));
      assertSame(store.getAll(List.of(id(1))).get(id(1)), first);
      assertThat(FoundRecords.in(store).visits).isEqualTo(2);
    }
  }

  @Test
  void everyTypeAndTheLargestFieldsSurvive() throws IOException {
    try (RecordStore store = open()) {
      for (RecordType type : RecordType.values()) {
        PackRecord record =
            new PackRecord(
                type, id(type.code()), 255, Integer.MAX_VALUE, Integer.MAX_VALUE, new byte[1]);
        store.append(List.of(record));
        assertSame(store.getAll(List.of(record.id())).get(record.id()), record);
      }
    }
  }

  @Test
  void emptyAndLongestPayloadFitAndALongerOneIsRefusedWhole() throws IOException {
    try (RecordStore store = open()) {
      PackRecord empty = record(1, 0);
      PackRecord longest = record(2, PackFormat.PAYLOAD_BYTES_MAX);
      store.append(List.of(empty, longest));
      assertSame(store.getAll(List.of(id(1))).get(id(1)), empty);
      assertSame(store.getAll(List.of(id(2))).get(id(2)), longest);
      PackRecord tooLong = record(4, PackFormat.PAYLOAD_BYTES_MAX + 1);
      assertThatThrownBy(() -> store.append(List.of(record(3), tooLong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("payload is longer");
      assertThat(store.missing(List.of(id(3), id(4)))).hasSize(2);
    }
  }

  @Test
  void scanVisitsEveryRecordOnce() throws IOException {
    try (RecordStore store = open()) {
      store.append(records(0, 50));
      store.recorded(store.seal());
      store.append(records(40, 20));
      FoundRecords found = FoundRecords.in(store);
      assertThat(found.visits).isEqualTo(60);
      assertThat(found.damage).isEmpty();
      for (PackRecord record : records(0, 60)) {
        assertSame(found.records.get(record.id()), record);
      }
    }
  }

  @Test
  void packsAreNamedUntilTheyAreRecorded() throws IOException {
    try (RecordStore store = open()) {
      store.append(records(0, 5));
      assertThat(store.sync()).isEqualTo(store.sync());
      store.recorded(store.sync());
      assertThat(store.sync()).isEmpty();
      assertThat(store.losses()).isZero();
    }
  }

  @Test
  void aRecordNamesItsBaseAndIsNoneItself() throws IOException {
    PackRecord base = record(1);
    PackRecord difference =
        new PackRecord(RecordType.CHUNK, id(2), Codec.DELTA_4.code(), id(1), 1, 8, new byte[70]);
    try (RecordStore store = open()) {
      store.append(List.of(base, difference));
      assertThat(store.missing(List.of(id(1), id(2)))).isEmpty();
      PackRecord read = store.getAll(List.of(id(2))).get(id(2));
      assertSame(read, difference);
      assertThat(read).extracting(PackRecord::base).isEqualTo(id(1));
      assertThat(store.getBases(List.of(id(1), id(2)))).containsOnlyKeys(id(1));
      assertThat(FoundRecords.in(store).visits).isEqualTo(2);
    }
  }

  @Test
  void storeGoesOnAfterSeal() throws IOException {
    try (RecordStore store = open()) {
      store.append(records(0, 5));
      store.recorded(store.seal());
      assertThat(store.seal()).isEmpty();
      store.append(records(5, 5));
      assertThat(store.getAll(ids(records(0, 10)))).hasSize(10);
      assertThat(store.storedBytes()).isPositive();
    }
  }

  @Test
  void recordsOfForgottenPacksAreMissingAndStoredAnewWhenPutAgain() throws IOException {
    try (RecordStore store = open()) {
      store.append(records(0, 20));
      List<LivePack> packs = store.seal();
      store.recorded(packs);
      store.append(records(20, 5));
      store.forget(packs.stream().map(LivePack::id).toList());
      assertThat(store.missing(ids(records(0, 25)))).hasSize(20);
      assertThat(store.getAll(ids(records(0, 25)))).hasSize(5);
      store.append(records(0, 20));
      FoundRecords found = FoundRecords.in(store);
      assertThat(found.visits).isEqualTo(25);
      assertThat(found.damage).isEmpty();
      assertThat(store.orphans()).isEmpty();
    }
  }

  @Test
  void packIsNotForgottenWhileItIsWritten() throws IOException {
    try (RecordStore store = open()) {
      store.append(records(0, 3));
      List<PackId> written = store.sync().stream().map(LivePack::id).toList();
      assertThatThrownBy(() -> store.forget(written)).isInstanceOf(IllegalArgumentException.class);
      assertThat(store.missing(ids(records(0, 3)))).isEmpty();
    }
  }

  @Test
  void forgettingTwiceAndForgettingStrangersChangesNothing() throws IOException {
    try (RecordStore store = open()) {
      store.append(records(0, 3));
      List<PackId> packs = store.seal().stream().map(LivePack::id).toList();
      store.append(records(3, 3));
      store.forget(packs);
      store.forget(packs);
      store.forget(List.of(new PackId("f".repeat(32))));
      assertThat(store.getAll(ids(records(0, 6)))).hasSize(3);
      assertThat(store.sync().stream().map(LivePack::id)).doesNotContainAnyElementsOf(packs);
    }
  }
}
