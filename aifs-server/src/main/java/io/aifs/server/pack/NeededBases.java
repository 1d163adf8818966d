package io.aifs.server.pack;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The bases that a compaction is to keep: they would go, no visible full copy of them is left, and
 * copies need them that stay.
 *
 * @param due of the hidden copies, those that go now or later
 * @param dead those of them that go now
 */
record NeededBases(RecordIndex index, LongPredicate due, LongPredicate dead) {
  /** Looks through the index part by part, so that no more is held than what is to be kept. */
  Set<RecordKey> find(Pace pace) {
    Set<RecordKey> needed = new HashSet<>();
    for (int segment = 0; segment < RecordTable.SEGMENTS && index.hasBases(); segment++) {
      Set<RecordKey> named = new HashSet<>();
      index.eachOf(
          segment,
          kept -> {
            RecordKey base = staying(kept);
            if (base != null) {
              named.add(base);
            }
          });
      named.removeIf(base -> !isGoing(base));
      needed.addAll(named);
      pace.step();
    }
    return needed;
  }

  /** The base of a copy that stays; null if it has none, or goes. */
  private @Nullable RecordKey staying(long kept) {
    return kept < 0 && due.test(kept) ? null : index.baseOf(kept);
  }

  private boolean isGoing(RecordKey base) {
    return !index.hasVisibleFull(base) && index.fullLocations(base).stream().anyMatch(dead::test);
  }

  /** The packs, by ordinal, that hold full copies of these. */
  static Set<Integer> packsOf(RecordIndex index, Set<RecordKey> keys) {
    Set<Integer> ordinals = new HashSet<>();
    for (RecordKey key : keys) {
      index.fullLocations(key).forEach(location -> ordinals.add(Location.ordinal(location)));
    }
    return ordinals;
  }
}
