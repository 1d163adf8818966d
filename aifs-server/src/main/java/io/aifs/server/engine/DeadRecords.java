package io.aifs.server.engine;

import io.aifs.server.catalog.CollectionReader;
import io.aifs.server.catalog.CollectionRun;
import io.aifs.server.catalog.CondemnedPack;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.PackTally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What may be deleted: the condemned records of runs that are due. */
final class DeadRecords {
  private static final int PACKS_AT_A_TIME = 256;

  private final CollectedDomain domain;
  private final List<CollectionRun> due;
  private final Set<Long> numbers = new HashSet<>();

  DeadRecords(CollectedDomain domain, List<CollectionRun> due) {
    this.domain = domain;
    this.due = due;
    due.forEach(run -> numbers.add(run.number()));
  }

  boolean isDue(long run) {
    return numbers.contains(run);
  }

  /** How much of each pack is dead. */
  List<CompactionPlan.Share> shares() throws IOException {
    Map<PackId, Long> records = new HashMap<>();
    Set<PackId> again = new HashSet<>();
    for (CollectionRun run : due) {
      Optional<PackId> after = Optional.empty();
      boolean more = true;
      while (more) {
        List<CondemnedPack> page = page(run, after);
        for (CondemnedPack condemned : page) {
          records.merge(condemned.pack(), (long) condemned.offsets().length, Long::sum);
          if (run.finished()) {
            again.add(condemned.pack());
          }
        }
        more = page.size() == PACKS_AT_A_TIME;
        after = more ? Optional.of(page.getLast().pack()) : after;
      }
    }
    List<CompactionPlan.Share> shares = new ArrayList<>();
    for (PackTally pack : domain.records().tally()) {
      long dead = Math.min(records.getOrDefault(pack.pack(), 0L), pack.hiddenRecords());
      if (dead > 0) {
        long bytes = Math.round((double) pack.hiddenBytes() * dead / pack.hiddenRecords());
        shares.add(
            new CompactionPlan.Share(
                pack.pack(), pack.bytes(), bytes, again.contains(pack.pack())));
      }
    }
    return shares;
  }

  private List<CondemnedPack> page(CollectionRun run, Optional<PackId> after) {
    return domain
        .catalog()
        .read(reader -> reader.collection().condemnedBy(run.number(), after, PACKS_AT_A_TIME));
  }

  /** The offsets of the dead records of some packs, in order. */
  Map<PackId, int[]> offsets(Collection<PackId> packs) {
    return domain
        .catalog()
        .read(
            reader -> {
              Map<PackId, int[]> offsets = new HashMap<>();
              packs.forEach(pack -> offsets.put(pack, offsets(reader.collection(), pack)));
              return offsets;
            });
  }

  /** A record that a later run has condemned again is dead when that one is due: its pins count. */
  private int[] offsets(CollectionReader reader, PackId pack) {
    int[] later = offsets(reader, pack, false);
    return Arrays.stream(offsets(reader, pack, true))
        .filter(offset -> Arrays.binarySearch(later, offset) < 0)
        .toArray();
  }

  private int[] offsets(CollectionReader reader, PackId pack, boolean due) {
    return reader.condemned(pack).stream()
        .filter(condemned -> isDue(condemned.run()) == due)
        .flatMapToInt(condemned -> Arrays.stream(condemned.offsets()))
        .sorted()
        .distinct()
        .toArray();
  }
}
