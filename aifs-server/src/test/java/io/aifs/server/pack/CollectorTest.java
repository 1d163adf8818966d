package io.aifs.server.pack;

import static io.aifs.server.pack.TestRecords.id;
import static io.aifs.server.pack.TestRecords.ids;
import static io.aifs.server.pack.TestRecords.record;
import static io.aifs.server.pack.TestRecords.records;
import static io.aifs.server.pack.TestRecords.same;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.Digest;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Marking, hiding, compacting. Every test ends in a scan without damage. */
class CollectorTest {
  private static final PackOptions SMALL = new PackOptions(4_000, 2);

  private final TestPacks packs = new TestPacks();
  private PackStore store = packs.open(SMALL);

  @AfterEach
  void scan() throws IOException {
    assertThat(FoundRecords.in(store).damage).isEmpty();
    store.close();
  }

  private Collector collector() {
    return store.collector();
  }

  private void putAndSeal(int from, int count) throws IOException {
    store.append(records(from, count));
    packs.commit(store, store.seal());
  }

  /** Marks these and hides everything else. */
  private Map<PackId, int[]> hideAllBut(List<Digest> needed) throws IOException {
    collector().beginMarking();
    assertThat(collector().mark(needed)).isEmpty();
    Map<PackId, int[]> hidden = collector().hideUnmarked(packs.ledger.keySet());
    collector().endMarking();
    return hidden;
  }

  private Compaction compact(Map<PackId, int[]> dead) throws IOException {
    Compaction compaction = collector().compact(dead);
    for (LivePack added : compaction.added()) {
      packs.ledger.put(added.id(), added);
    }
    packs.ledger.keySet().removeAll(compaction.replaced());
    return compaction;
  }

  private static long count(Map<PackId, int[]> places) {
    return places.values().stream().mapToLong(offsets -> offsets.length).sum();
  }

  @Test
  void hiddenRecordIsMissingAndStillReads() throws IOException {
    putAndSeal(0, 40);
    assertThat(count(hideAllBut(ids(records(0, 30))))).isEqualTo(10);
    assertThat(store.missing(ids(records(0, 40)))).hasSize(10).contains(id(35));
    assertThat(same(store.getAll(List.of(id(35))).get(id(35)), record(35))).isTrue();
    assertThat(collector().absent(List.of(id(35), id(1), id(99)))).containsExactly(id(99));
  }

  @Test
  void hiddenRecordIsStoredAnewAndTheNewCopyIsMarked() throws IOException {
    putAndSeal(0, 10);
    hideAllBut(List.of());
    putAndSeal(5, 1);
    assertThat(store.missing(List.of(id(5)))).isEmpty();
    assertThat(FoundRecords.in(store).visits).isEqualTo(11);
    collector().beginMarking();
    collector().mark(List.of(id(5)));
    assertThat(collector().hideUnmarked(packs.ledger.keySet())).isEmpty();
  }

  @Test
  void furtherCopiesAreNotNeeded() throws IOException {
    putAndSeal(0, 10);
    Map<PackId, int[]> hidden = hideAllBut(List.of());
    putAndSeal(0, 10);
    collector().show(hidden);
    assertThat(count(hideAllBut(ids(records(0, 10))))).isEqualTo(10);
    assertThat(store.missing(ids(records(0, 10)))).isEmpty();
  }

  @Test
  void recordsAreBornMarkedWhileMarking() throws IOException {
    putAndSeal(0, 5);
    collector().beginMarking();
    putAndSeal(5, 5);
    assertThat(count(collector().hideUnmarked(packs.ledger.keySet()))).isEqualTo(5);
    collector().endMarking();
    putAndSeal(10, 5);
    long unmarked = collector().tally().stream().mapToLong(PackTally::unmarkedRecords).sum();
    assertThat(unmarked).isEqualTo(5);
  }

  @Test
  void markNamesWhatHasHiddenCopiesOnlyAndRescueShowsIt() throws IOException {
    putAndSeal(0, 10);
    Map<PackId, int[]> hidden = hideAllBut(ids(records(0, 8)));
    collector().beginMarking();
    assertThat(collector().mark(List.of(id(1), id(9), id(50)))).containsExactly(id(9));
    Map<PackId, int[]> shown = collector().rescue(List.of(id(9), id(1), id(50)));
    assertThat(count(shown)).isEqualTo(1);
    shown.forEach((pack, offsets) -> assertThat(hidden.get(pack)).contains(offsets));
    assertThat(store.missing(List.of(id(8), id(9)))).containsExactly(id(8));
    assertThat(collector().hideUnmarked(packs.ledger.keySet()).values())
        .noneMatch(offsets -> Arrays.equals(offsets, shown.values().iterator().next()));
  }

  @Test
  void undoneRecordsAreThereAgain() throws IOException {
    putAndSeal(0, 20);
    Map<PackId, int[]> hidden = hideAllBut(List.of());
    collector().show(hidden);
    assertThat(store.missing(ids(records(0, 20)))).isEmpty();
  }

  @Test
  void condemnedRecordsAreHiddenAfterARestart() throws IOException {
    putAndSeal(0, 40);
    Map<PackId, int[]> hidden = hideAllBut(ids(records(0, 25)));
    store.close();
    store =
        PackStore.open(
            packs.disk,
            TestPacks.DOMAIN,
            List.copyOf(packs.ledger.values()),
            TestPacks.HEADER,
            SMALL,
            KnownDamage.NONE,
            pack -> hidden.getOrDefault(pack, new int[0]),
            Pace.FULL,
            packs.ids(),
            TestPacks.CLOCK);
    assertThat(store.missing(ids(records(0, 40)))).hasSize(15);
    assertThat(store.getAll(ids(records(0, 40)))).hasSize(40);
  }

  @Test
  void compactionKeepsLiveRecordsByteForByteAndDropsTheRest() throws IOException {
    putAndSeal(0, 60);
    List<PackId> before = List.copyOf(packs.ledger.keySet());
    Map<PackId, int[]> dead = hideAllBut(ids(records(0, 23)));
    Compaction compaction = compact(dead);
    assertThat(store.getAll(ids(records(0, 60)))).hasSize(60);
    collector().swap(compaction);
    collector().delete(compaction.replaced());
    assertThat(store.getAll(ids(records(0, 60)))).hasSize(23);
    for (int number = 0; number < 23; number++) {
      assertThat(same(store.getAll(List.of(id(number))).get(id(number)), record(number))).isTrue();
    }
    assertThat(before).containsAll(compaction.replaced());
    assertThat(packs.disk.names()).noneMatch(name -> name.contains(before.getLast().hex()));
    assertThat(store.orphans()).isEmpty();
    store.close();
    store = packs.open(SMALL);
    assertThat(store.getAll(ids(records(0, 60)))).hasSize(23);
  }

  /** What an older program wrote goes into new packs beside what this one did. */
  @Test
  void compactionTakesRecordsOfOldPacksAlong() throws IOException {
    store.close();
    String sealed = OldPack.put(packs, records(0, 10), true);
    String unsealed = OldPack.put(packs, records(10, 10), false);
    store = packs.open(PackOptions.DEFAULT);
    putAndSeal(20, 10);
    assertThat(store.missing(ids(records(0, 30)))).isEmpty();
    Map<PackId, int[]> dead = hideAllBut(ids(records(0, 25)));
    packs.ledger.keySet().forEach(pack -> dead.putIfAbsent(pack, new int[0]));
    Compaction compaction = compact(dead);
    assertThat(compaction.added()).hasSize(1);
    collector().swap(compaction);
    collector().delete(compaction.replaced());
    assertThat(packs.disk.names()).doesNotContain(sealed, unsealed);
    store.close();
    store = packs.open(SMALL);
    assertThat(FoundRecords.in(store).records).hasSize(25);
    for (PackRecord record : records(0, 25)) {
      assertThat(same(store.getAll(List.of(record.id())).get(record.id()), record)).isTrue();
    }
  }

  @Test
  void recordThatWasShownMeanwhileIsKept() throws IOException {
    putAndSeal(0, 10);
    Map<PackId, int[]> dead = hideAllBut(List.of());
    collector().rescue(List.of(id(4)));
    Compaction compaction = compact(dead);
    collector().swap(compaction);
    assertThat(store.getAll(ids(records(0, 10)))).containsOnlyKeys(id(4));
  }

  @Test
  void condemnedRecordThatIsNotDeadYetMovesAndStaysHidden() throws IOException {
    putAndSeal(0, 10);
    Map<PackId, int[]> first = hideAllBut(ids(records(0, 8)));
    Map<PackId, int[]> second = hideAllBut(ids(records(0, 6)));
    assertThat(count(second)).isEqualTo(2);
    Map<PackId, int[]> dead = new HashMap<>(first);
    second.keySet().forEach(pack -> dead.putIfAbsent(pack, new int[0]));
    Compaction compaction = compact(dead);
    assertThat(compaction.hidden()).hasSize(2);
    collector().swap(compaction);
    assertThat(store.missing(ids(records(0, 10)))).hasSize(4);
    assertThat(store.getAll(ids(records(0, 10)))).hasSize(8);
    Map<PackId, int[]> moved = new HashMap<>();
    for (Compaction.HiddenMove move : compaction.hidden()) {
      moved.merge(
          move.to(),
          new int[] {move.toOffset()},
          (a, b) -> {
            int[] both = Arrays.copyOf(a, a.length + 1);
            both[a.length] = b[0];
            Arrays.sort(both);
            return both;
          });
    }
    collector().show(moved);
    assertThat(store.missing(ids(records(0, 8)))).isEmpty();
  }

  @Test
  void damagedPackIsLeftUnlessItHoldsNothingElse() throws IOException {
    String damaged = packs.pack(records(0, 10), true);
    packs.pack(records(10, 10), true);
    store.close();
    packs.disk.flip(damaged, 700, 1);
    store = packs.open(SMALL);
    PackId id = new PackId(damaged.replaceAll(".*/|\\.pack", ""));
    Map<PackId, int[]> dead = hideAllBut(ids(records(0, 5)));
    Compaction compaction = compact(dead);
    assertThat(compaction.damaged()).contains(id);
    assertThat(compaction.replaced()).doesNotContain(id);
    collector().swap(compaction);
    Map<PackId, int[]> rest = hideAllBut(List.of());
    Map<PackId, int[]> all = new HashMap<>();
    Set<PackId> both = new HashSet<>(rest.keySet());
    both.add(id);
    for (PackId pack : both) {
      all.put(
          pack,
          IntStream.concat(
                  Arrays.stream(rest.getOrDefault(pack, new int[0])),
                  Arrays.stream(dead.getOrDefault(pack, new int[0])))
              .sorted()
              .toArray());
    }
    Compaction whole = compact(all);
    assertThat(whole.replaced()).contains(id);
    collector().swap(whole);
  }

  @Test
  void failedCompactionChangesNothing() throws IOException {
    putAndSeal(0, 40);
    Map<PackId, int[]> dead = hideAllBut(ids(records(0, 20)));
    Set<String> names = Set.copyOf(packs.disk.names());
    packs.disk.failSyncs(1);
    assertThatThrownBy(() -> collector().compact(dead)).isInstanceOf(IOException.class);
    packs.disk.failSyncs(0);
    assertThat(store.getAll(ids(records(0, 40)))).hasSize(40);
    assertThat(Set.copyOf(packs.disk.names())).isEqualTo(names);
  }

  @Test
  void copiesThatTheCatalogDidNotTakeAreOrphans() throws IOException {
    putAndSeal(0, 40);
    Compaction compaction = collector().compact(hideAllBut(ids(records(0, 20))));
    assertThat(store.orphans()).isEmpty();
    collector().discard(compaction);
    assertThat(store.orphans()).hasSize(compaction.added().size());
    assertThat(store.getAll(ids(records(0, 40)))).hasSize(40);
  }
}
