package io.aifs.server.pack;

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
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Writers of overlapping records, readers and failing syncs at once. What a writer was promised,
 * and nothing else, has to be in what any power cut leaves.
 */
class PackStoreConcurrencyTest {
  private static final int RECORDS = 2_000;
  private static final int WRITERS = 4;
  private static final int ROUNDS = 150;

  private final TestPacks packs = new TestPacks();

  /** Numbers of records of acknowledged puts. Guarded by itself, as is the ledger. */
  private final Set<Integer> promised = new TreeSet<>();

  @Test
  void promisedRecordsSurviveAnyPowerCutWhileOthersWriteReadAndFail() {
    SeededTest.run(1, this::writeReadFailAndCutPower);
  }

  private void writeReadFailAndCutPower(SplittableRandom random) throws Exception {
    try (PackStore store = packs.open(new PackOptions(20_000, 3));
        ExecutorService pool = Executors.newFixedThreadPool(WRITERS + 2)) {
      List<Future<?>> running = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        SplittableRandom own = random.split();
        running.add(pool.submit(() -> write(store, own)));
      }
      SplittableRandom readers = random.split();
      running.add(pool.submit(() -> read(store, readers)));
      SplittableRandom cutters = random.split();
      running.add(pool.submit(() -> cutPower(cutters)));
      for (Future<?> task : running) {
        task.get();
      }
      assertThat(promised.size()).isGreaterThan(RECORDS / 4);
      assertPromised(store, promised);
      FoundRecords found = FoundRecords.in(store);
      assertThat(found.damage).isEmpty();
      assertThat(found.visits).isEqualTo(found.records.size());
    }
  }

  @Test
  void recordsThatManyAppendAtOnceAreStoredOnce() throws Exception {
    try (PackStore store = packs.open(new PackOptions(100_000, 3));
        ExecutorService pool = Executors.newFixedThreadPool(WRITERS)) {
      for (int round = 0; round < 50; round++) {
        List<PackRecord> batch = TestRecords.records(round * 40, 40);
        CyclicBarrier together = new CyclicBarrier(WRITERS);
        List<Future<?>> running = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
          running.add(
              pool.submit(
                  () -> {
                    together.await();
                    store.append(batch);
                    return null;
                  }));
        }
        for (Future<?> task : running) {
          task.get();
        }
      }
      FoundRecords found = FoundRecords.in(store);
      assertThat(found.visits).isEqualTo(2_000);
      assertThat(found.records).hasSize(2_000);
    }
  }

  private Void write(PackStore store, SplittableRandom random) throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      if (random.nextInt(20) == 0) {
        packs.disk.failSyncs(1);
      }
      List<PackRecord> wanted = new ArrayList<>();
      Set<Integer> numbers = new TreeSet<>();
      for (int i = 0; i < 1 + random.nextInt(20); i++) {
        numbers.add(random.nextInt(RECORDS));
      }
      long before = store.losses();
      Set<Digest> missing = store.missing(numbers.stream().map(TestRecords::id).toList());
      for (int number : numbers) {
        if (missing.contains(TestRecords.id(number))) {
          wanted.add(record(number));
        }
      }
      try {
        store.append(wanted);
        List<LivePack> synced = round % 30 == 29 ? store.seal() : store.sync();
        if (store.losses() == before) {
          synchronized (promised) {
            packs.commit(store, synced);
            promised.addAll(numbers);
          }
        }
      } catch (IOException _) {
        // nothing was promised
      }
    }
    return null;
  }

  private Void read(PackStore store, SplittableRandom random) throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      Set<Integer> asked = new TreeSet<>();
      synchronized (promised) {
        for (int number : promised) {
          if (random.nextInt(10) == 0) {
            asked.add(number);
          }
        }
      }
      assertPromised(store, asked);
    }
    return null;
  }

  private Void cutPower(SplittableRandom random) throws IOException {
    for (int round = 0; round < ROUNDS / 5; round++) {
      TestPacks left;
      Set<Integer> expected;
      synchronized (promised) {
        expected = new TreeSet<>(promised);
        left = packs.over(packs.disk); // the ledger first: the disk may know more, never less
      }
      left = left.over(packs.disk.crashed(random));
      try (PackStore store = left.open()) {
        assertThat(store.openDamage()).isEmpty();
        assertPromised(store, expected);
      }
    }
    return null;
  }

  private static void assertPromised(PackStore store, Set<Integer> numbers) throws IOException {
    Map<Digest, PackRecord> found = store.getAll(numbers.stream().map(TestRecords::id).toList());
    for (int number : numbers) {
      assertThat(same(found.get(TestRecords.id(number)), record(number)))
          .as("record %s", number)
          .isTrue();
    }
  }
}
