package io.aifs.server.pack;

import static io.aifs.server.pack.TestRecords.id;
import static io.aifs.server.pack.TestRecords.record;
import static io.aifs.server.pack.TestRecords.same;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.model.LivePack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random work, faults, restarts and power cuts beside a model of what has to be there. */
class PackStoreModelTest {
  private static final int RECORDS = 120;
  private static final int RUNS = 60;
  private static final int STEPS = 120;

  private TestPacks packs = new TestPacks();
  private PackStore store = packs.open();
  private SplittableRandom random = new SplittableRandom();
  private PackOptions options = PackOptions.DEFAULT;

  /** Numbers of the records that read now, and of those that the ledger vouches for. */
  private Set<Integer> readable = new TreeSet<>();

  private Set<Integer> recorded = new TreeSet<>();

  @Test
  void recordedRecordsAreKeptAndOthersAreForgottenAtARestart() {
    SeededTest.run(
        RUNS,
        seeded -> {
          random = seeded;
          options = new PackOptions(random.nextBoolean() ? 1 << 20 : 1_500, 1 + random.nextInt(3));
          packs = new TestPacks();
          store = packs.open(options);
          readable = new TreeSet<>();
          recorded = new TreeSet<>();
          for (int step = 0; step < STEPS; step++) {
            step();
          }
          restart(true);
          store.close();
        });
  }

  private void step() throws IOException {
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> append();
      case 4, 5 -> syncAndRecord(store.losses(), false);
      case 6 -> failingSync();
      case 7 -> fullDisk();
      case 8 -> syncAndRecord(store.losses(), true);
      case 9 -> check();
      case 10 -> restart(random.nextBoolean());
      default -> deleteOrphans();
    }
  }

  private void append() throws IOException {
    List<PackRecord> batch = new ArrayList<>();
    for (int i = 0; i < random.nextInt(12); i++) {
      batch.add(record(random.nextInt(RECORDS)));
    }
    try {
      store.append(batch);
      batch.forEach(record -> readable.add(record.plainBytes() / 7));
    } catch (IOException _) {
      Set<Integer> may = new TreeSet<>(readable);
      batch.forEach(record -> may.add(record.plainBytes() / 7));
      learn(readable, may);
    }
  }

  private void syncAndRecord(long losses, boolean seal) throws IOException {
    try {
      List<LivePack> synced = seal ? store.seal() : store.sync();
      if (random.nextInt(4) > 0) {
        packs.commit(store, synced);
        recorded = new TreeSet<>(readable);
      }
      assertThat(store.losses()).isEqualTo(losses);
    } catch (IOException _) {
      assertThat(store.losses()).isGreaterThan(losses);
      learn(recorded, readable);
    }
  }

  private void failingSync() throws IOException {
    if (random.nextBoolean()) {
      packs.disk.failSyncs(1 + random.nextInt(2));
    } else {
      packs.disk.failDirectorySyncs(1);
    }
    append();
    syncAndRecord(store.losses(), random.nextInt(3) == 0);
    packs.disk.failSyncs(0);
    packs.disk.failDirectorySyncs(0);
  }

  private void fullDisk() throws IOException {
    packs.disk.freeBytes(random.nextInt(3_000));
    append();
    syncAndRecord(store.losses(), random.nextBoolean());
    append();
    packs.disk.freeBytes(Long.MAX_VALUE);
  }

  private void restart(boolean powerCut) throws IOException {
    store.close();
    packs = packs.over(powerCut ? packs.disk.crashed(random) : packs.disk);
    store = packs.open(options);
    readable = new TreeSet<>(recorded);
    assertThat(store.openDamage()).isEmpty();
    check();
  }

  private void deleteOrphans() throws IOException {
    List<String> deleted = store.deleteOrphans();
    assertThat(packs.disk.names()).noneMatch(deleted::contains);
    assertThat(store.orphans()).isEmpty();
    check();
  }

  private void check() throws IOException {
    Set<Digest> all =
        IntStream.range(0, RECORDS).mapToObj(TestRecords::id).collect(Collectors.toSet());
    Set<Digest> expected = readable.stream().map(TestRecords::id).collect(Collectors.toSet());
    Map<Digest, PackRecord> found = store.getAll(all);
    assertThat(found.keySet()).isEqualTo(expected);
    for (int number : readable) {
      assertThat(same(found.get(id(number)), record(number))).isTrue();
    }
    FoundRecords scanned = FoundRecords.in(store);
    assertThat(scanned.damage).isEmpty();
    assertThat(scanned.records.keySet()).isEqualTo(expected);
    assertThat(scanned.visits).isEqualTo(expected.size());
  }

  /**
   * After a failure: asks what is readable, which is at least {@code must}, at most {@code may}.
   */
  private void learn(Set<Integer> must, Set<Integer> may) throws IOException {
    Set<Integer> now = new TreeSet<>();
    for (int number = 0; number < RECORDS; number++) {
      if (store.missing(List.of(id(number))).isEmpty()) {
        now.add(number);
      }
    }
    assertThat(now).containsAll(must);
    assertThat(may).containsAll(now);
    readable = now;
  }
}
