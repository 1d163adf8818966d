package io.aifs.server.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.pack.RecordIndex.Entry;
import io.aifs.server.pack.RecordIndex.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RecordIndexTest {
  private static final int THREADS = 4;
  private static final int STEPS = 30_000;

  /** Each thread has records of its own, whose segments they share. */
  @Test
  void threadsBesideACollectionFindJustWhatTheyAdded() {
    SeededTest.run(3, RecordIndexTest::threadsBesideACollection);
  }

  private static void threadsBesideACollection(SplittableRandom random) throws Exception {
    RecordIndex index = new RecordIndex(Pace.FULL);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<Set<Digest>>> futures = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        long first = 1L + (long) i * STEPS;
        SplittableRandom own = random.split();
        Callable<Set<Digest>> work = () -> addAndRemove(index, first, own);
        futures.add(threads.submit(work));
      }
      while (!futures.stream().allMatch(Future::isDone)) {
        index.flagEach(kept -> kept & ~RecordTable.MARKED);
        index.bornMarked(true);
        index.flagEach(kept -> kept ^ RecordTable.HIDDEN);
        index.bornMarked(false);
        index.flagEach(kept -> kept & ~RecordTable.HIDDEN);
      }
      Set<Long> expected = new HashSet<>();
      for (Future<Set<Digest>> future : futures) {
        Set<Digest> added = future.get();
        assertThat(index.missing(added)).isEmpty();
        for (Entry entry : index.locate(added)) {
          expected.add(entry.location());
        }
      }
      Set<Long> all = new HashSet<>();
      index.each(kept -> all.add(RecordTable.place(kept)));
      assertThat(all).isEqualTo(expected);
    }
  }

  /** Returns what is left; asserts on the way that its own records never vanish. */
  private static Set<Digest> addAndRemove(RecordIndex index, long first, SplittableRandom random) {
    List<Entry> left = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      byte[] name = new byte[Digest.BYTES];
      random.nextBytes(name);
      Entry entry = new Entry(Digest.fromBytes(name), first + step);
      index.add(List.of(place(entry)));
      left.add(entry);
      if (random.nextInt(3) == 0) {
        index.remove(List.of(place(left.remove(random.nextInt(left.size())))));
      }
      Entry probed = left.isEmpty() ? entry : left.get(random.nextInt(left.size()));
      if (!left.isEmpty()) {
        assertThat(index.locate(List.of(probed.id()))).containsExactly(probed);
      }
    }
    Set<Digest> ids = new HashSet<>();
    left.forEach(entry -> ids.add(entry.id()));
    return ids;
  }

  private static Place place(Entry entry) {
    return Place.of(entry.id(), entry.location());
  }

  /** Whatever is added after marking has begun is marked, whoever adds it. */
  @Test
  void recordsAddedAfterMarkingHasBegunAreBornMarked() throws Exception {
    RecordIndex index = new RecordIndex(Pace.FULL);
    SplittableRandom random = new SplittableRandom(1);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      for (int round = 0; round < 200; round++) {
        index.bornMarked(false);
        byte[] name = new byte[Digest.BYTES];
        random.nextBytes(name);
        Digest before = Digest.fromBytes(name);
        random.nextBytes(name);
        Digest after = Digest.fromBytes(name);
        long location = 1 + 2L * round;
        Future<?> racing = threads.submit(() -> index.add(List.of(Place.of(before, location))));
        index.bornMarked(true);
        boolean addedBefore = index.kept(RecordKey.of(before), location) != 0;
        index.add(List.of(Place.of(after, location + 1)));
        racing.get();
        assertThat(index.kept(RecordKey.of(after), location + 1))
            .isEqualTo((location + 1) | RecordTable.MARKED);
        if (!addedBefore) {
          assertThat(index.kept(RecordKey.of(before), location))
              .isEqualTo(location | RecordTable.MARKED);
        }
      }
    }
  }
}
