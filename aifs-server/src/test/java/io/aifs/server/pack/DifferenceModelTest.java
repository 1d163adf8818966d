package io.aifs.server.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.chunk.Codec;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Records that need others, put, marked, hidden, shown, rescued, deleted and moved at random,
 * through restarts and power cuts: whatever counts as stored can be read, with what it needs.
 */
class DifferenceModelTest {
  private static final int RUNS = 25;
  private static final int STEPS = 120;
  private static final int RECORDS = 24;

  private TestPacks packs = new TestPacks();
  private PackStore store = packs.open();
  private SplittableRandom random = new SplittableRandom();

  /** What the catalog has condemned, by pack. */
  private Map<PackId, int[]> condemned = new HashMap<>();

  @Test
  void whatCountsAsStoredCanBeReadWithWhatItNeeds() {
    SeededTest.run(
        RUNS,
        seeded -> {
          random = seeded;
          packs = new TestPacks();
          condemned = new HashMap<>();
          store = open();
          for (int step = 0; step < STEPS; step++) {
            step();
            check();
          }
          assertThat(FoundRecords.in(store).damage).isEmpty();
          store.close();
        });
  }

  private PackStore open() {
    return PackStore.open(
        packs.disk,
        TestPacks.DOMAIN,
        List.copyOf(packs.ledger.values()),
        TestPacks.HEADER,
        new PackOptions(1_500, 2),
        KnownDamage.NONE,
        pack -> condemned.getOrDefault(pack, new int[0]),
        Pace.FULL,
        packs.ids(),
        TestPacks.CLOCK);
  }

  private void step() throws IOException {
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3, 4 -> put(random.nextInt(RECORDS));
      case 5 -> packs.commit(store, random.nextBoolean() ? store.seal() : store.sync());
      case 6, 7 -> collect();
      case 8 -> undo();
      case 9, 10 -> purge();
      default -> restart();
    }
  }

  private void restart() throws IOException {
    store.close();
    if (random.nextBoolean()) {
      packs = packs.over(packs.disk.crashed(random));
    }
    store = open();
  }

  /** Puts a record, as what differs from another if that counts as stored in full. */
  private void put(int number) throws IOException {
    Digest id = TestRecords.id(number);
    Digest other = TestRecords.id(random.nextInt(RECORDS));
    boolean usable =
        random.nextBoolean()
            && !other.equals(id)
            && store.missing(List.of(other)).isEmpty()
            && store.getBases(List.of(other)).containsKey(other);
    store.append(List.of(record(id, usable ? other : null)));
    if (!store.missing(List.of(id)).isEmpty()) { // only a hidden copy of it was in full
      store.append(List.of(record(id, null)));
    }
    assertThat(store.missing(List.of(id))).isEmpty();
  }

  private PackRecord record(Digest id, @Nullable Digest base) {
    int codec = base == null ? Codec.ZSTD.code() : Codec.DELTA_4.code();
    return new PackRecord(RecordType.CHUNK, id, codec, base, 1, 9, new byte[random.nextInt(200)]);
  }

  /** Marks some records and condemns the rest; whatever is marked counts as stored then. */
  private void collect() throws IOException {
    Collector collector = store.collector();
    packs.commit(store, store.sync());
    collector.beginMarking();
    List<Digest> needed = new ArrayList<>(stored());
    needed.removeIf(_ -> random.nextInt(3) == 0);
    rescue(new ArrayList<>(collector.mark(needed)));
    if (random.nextBoolean()) {
      put(random.nextInt(RECORDS));
    }
    packs.commit(store, store.sync());
    collector.hideUnmarked(packs.ledger.keySet()).forEach(this::condemn);
    collector.endMarking();
    assertThat(store.missing(needed)).isEmpty();
  }

  private void rescue(List<Digest> ids) throws IOException {
    store.collector().rescue(ids).forEach(this::forgive);
    assertThat(store.missing(ids)).isEmpty();
  }

  private void condemn(PackId pack, int[] offsets) {
    condemned.merge(
        pack,
        offsets,
        (a, b) -> IntStream.concat(Arrays.stream(a), Arrays.stream(b)).sorted().toArray());
  }

  private void forgive(PackId pack, int[] offsets) {
    int[] left =
        Arrays.stream(condemned.getOrDefault(pack, new int[0]))
            .filter(offset -> Arrays.binarySearch(offsets, offset) < 0)
            .toArray();
    condemned.put(pack, left);
  }

  private void undo() {
    store.collector().show(condemned);
    condemned.clear();
  }

  /** Deletes some of what is condemned: the rest stays so. */
  private void purge() throws IOException {
    packs.commit(store, store.seal());
    Map<PackId, int[]> dead = new TreeMap<>();
    for (PackId pack : packs.ledger.keySet()) {
      if (random.nextInt(3) > 0) {
        int[] offsets = condemned.getOrDefault(pack, new int[0]);
        dead.put(pack, Arrays.stream(offsets).filter(_ -> random.nextInt(4) > 0).toArray());
      }
    }
    Collector collector = store.collector();
    Compaction compaction = collector.compact(dead);
    for (LivePack added : compaction.added()) {
      packs.ledger.put(added.id(), added);
    }
    packs.ledger.keySet().removeAll(compaction.replaced());
    condemned.keySet().removeAll(compaction.replaced());
    for (Compaction.HiddenMove move : compaction.hidden()) {
      condemn(move.to(), new int[] {move.toOffset()});
    }
    collector.swap(compaction);
    collector.delete(compaction.replaced());
  }

  private List<Digest> stored() throws IOException {
    List<Digest> all = IntStream.range(0, RECORDS).mapToObj(TestRecords::id).toList();
    List<Digest> stored = new ArrayList<>(all);
    stored.removeAll(store.missing(all));
    return stored;
  }

  private void check() throws IOException {
    List<Digest> stored = stored();
    Map<Digest, PackRecord> read = store.getAll(stored);
    assertThat(read.keySet()).containsExactlyInAnyOrderElementsOf(stored);
    for (PackRecord record : read.values()) {
      Digest base = record.base();
      if (base != null) {
        assertThat(store.getBases(List.of(base))).containsOnlyKeys(base);
        assertThat(store.missing(List.of(base))).isEmpty();
      }
    }
    for (PackRecord record : FoundRecords.in(store).records.values()) {
      if (record.base() != null) { // also of what is condemned: it may be brought back
        assertThat(store.getBases(List.of(record.base()))).hasSize(1);
      }
    }
  }
}
