package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;

/** {@link Collector} over a {@link PackStore}'s index and packs. */
final class PackCollector implements Collector {
  private final PackStore store;
  private final PackSet packs;
  private final RecordIndex index;
  private final Compactor compactor;
  private final PackRemoval removal;
  private final Pace pace;

  PackCollector(
      PackStore store,
      PackSet packs,
      RecordIndex index,
      Compactor compactor,
      PackRemoval removal,
      Pace pace) {
    this.store = store;
    this.packs = packs;
    this.index = index;
    this.compactor = compactor;
    this.removal = removal;
    this.pace = pace;
  }

  @Override
  public void beginMarking() throws IOException {
    load();
    index.flagEach(kept -> kept & ~RecordTable.MARKED);
    index.bornMarked(true);
  }

  @Override
  public Set<Digest> mark(Collection<Digest> ids) {
    return index.mark(ids);
  }

  @Override
  public List<PackTally> tally() throws IOException {
    load();
    TallyTable table = new TallyTable();
    index.each(table);
    List<PackTally> tallies = new ArrayList<>();
    for (PackFile pack : packs.all()) {
      tallies.add(table.of(pack));
    }
    return tallies;
  }

  @Override
  public Map<PackId, int[]> hideUnmarked(Set<PackId> wanted) {
    Set<Integer> ordinals = ordinals(wanted);
    PlaceList hidden = new PlaceList();
    index.flagEach(
        kept -> {
          if (kept > 0
              && (kept & RecordTable.MARKED) == 0
              && ordinals.contains(Location.ordinal(kept))) {
            hidden.add(kept);
            return kept | RecordTable.HIDDEN;
          }
          return kept;
        });
    return hidden.byPack(packs);
  }

  @Override
  public void endMarking() {
    index.bornMarked(false);
  }

  @Override
  public void show(Map<PackId, int[]> places) {
    LongPredicate shown = among(places);
    index.flagEach(kept -> kept < 0 && shown.test(kept) ? kept & ~RecordTable.HIDDEN : kept);
  }

  @Override
  public Map<PackId, int[]> rescue(Collection<Digest> ids) throws IOException {
    load();
    PlaceList shown = new PlaceList();
    index.rescue(ids).forEach(shown::add);
    return shown.byPack(packs);
  }

  @Override
  public Set<PackId> known() {
    return packs.known();
  }

  @Override
  public Set<Digest> absent(Collection<Digest> ids) throws IOException {
    load();
    Set<Digest> absent = new HashSet<>(ids);
    index.locate(ids).forEach(entry -> absent.remove(entry.id()));
    return absent;
  }

  @Override
  public Compaction compact(Map<PackId, int[]> dead, Map<PackId, int[]> due) throws IOException {
    load();
    Set<RecordKey> bases = new NeededBases(index, among(due), among(dead)).find(pace);
    Set<Integer> holding = NeededBases.packsOf(index, bases);
    Set<PackId> whole = new HashSet<>();
    for (PackTally tally : tally()) {
      int[] offsets = dead.get(tally.pack());
      if (offsets != null
          && tally.hiddenRecords() == tally.records()
          && offsets.length >= tally.records()) {
        whole.add(tally.pack());
      }
    }
    packs.of(whole).stream()
        .filter(pack -> holding.contains(pack.ordinal()))
        .forEach(pack -> whole.remove(pack.id()));
    return compactor.compact(packs.of(dead.keySet()), dead, bases, whole);
  }

  /** Whether a location is among some places. */
  private LongPredicate among(Map<PackId, int[]> places) {
    Map<Integer, int[]> byOrdinal = new HashMap<>();
    for (PackFile pack : packs.of(places.keySet())) {
      byOrdinal.put(pack.ordinal(), places.getOrDefault(pack.id(), new int[0]));
    }
    return kept -> {
      int[] offsets = byOrdinal.get(Location.ordinal(kept));
      return offsets != null && Arrays.binarySearch(offsets, Location.offset(kept)) >= 0;
    };
  }

  @Override
  public void swap(Compaction compaction) {
    index.move(compaction.moves());
    removal.drop(packs.of(compaction.replaced()));
  }

  @Override
  public void discard(Compaction compaction) {
    Set<PackId> added = new HashSet<>();
    compaction.added().forEach(pack -> added.add(pack.id()));
    packs.of(added).forEach(packs::drop);
  }

  @Override
  public void delete(Collection<PackId> replaced) throws IOException {
    removal.delete(replaced);
  }

  private Set<Integer> ordinals(Set<PackId> wanted) {
    Set<Integer> ordinals = new HashSet<>();
    packs.of(wanted).forEach(pack -> ordinals.add(pack.ordinal()));
    return ordinals;
  }

  private void load() throws IOException {
    var _ = store.openDamage();
  }
}
