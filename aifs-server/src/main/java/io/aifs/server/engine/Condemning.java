package io.aifs.server.engine;

import static java.util.Objects.requireNonNull;

import io.aifs.server.catalog.CondemnedPack;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.PackTally;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hides what a marking left unmarked, and writes it down: some packs at a time. */
final class Condemning {
  /** Records hidden at a time, unless a single pack has more. */
  private static final long RECORDS_AT_A_TIME = 250_000;

  private final CollectedDomain domain;
  private final CollectionTally tally;

  Condemning(CollectedDomain domain, CollectionTally tally) {
    this.domain = domain;
    this.tally = tally;
  }

  /** Condemns, and returns the number of the run; empty if everything is needed. */
  Optional<Long> run(Marking.Begun begun, Instant now, Instant deleteAfter) throws IOException {
    // A copy that was marked must be there for good before another is condemned for its sake.
    domain.settle(false, begun.losses());
    List<PackTally> group = new ArrayList<>();
    Optional<Long> run = Optional.empty();
    long records = 0;
    for (PackTally pack : domain.records().tally()) {
      tally.records += pack.records();
      tally.recordBytes += pack.bytes();
      if (pack.unmarkedRecords() > 0) {
        group.add(pack);
        records += pack.unmarkedRecords();
      }
      if (records >= RECORDS_AT_A_TIME) {
        run = Optional.of(condemn(run, group, begun, now, deleteAfter));
        group.clear();
        records = 0;
      }
    }
    if (!group.isEmpty()) {
      run = Optional.of(condemn(run, group, begun, now, deleteAfter));
    }
    return run;
  }

  private long condemn(
      Optional<Long> run,
      List<PackTally> group,
      Marking.Begun begun,
      Instant now,
      Instant deleteAfter) {
    Map<PackId, PackTally> tallies = new HashMap<>();
    group.forEach(pack -> tallies.put(pack.pack(), pack));
    Map<PackId, int[]> hidden = domain.records().hideUnmarked(tallies.keySet());
    tally.reached(CollectionStep.HIDDEN);
    boolean written = false;
    try {
      long number =
          domain
              .catalog()
              .write(
                  writer -> {
                    long own =
                        run.orElseGet(
                            () ->
                                writer
                                    .collection()
                                    .begin(domain.id(), begun.sequence(), now, deleteAfter));
                    hidden.forEach(
                        (pack, offsets) ->
                            writer
                                .collection()
                                .condemn(condemned(tallies.get(pack), own, offsets)));
                    return own;
                  });
      written = true;
      hidden.forEach(
          (pack, offsets) -> {
            tally.condemnedRecords += offsets.length;
            tally.condemnedBytes += bytes(tallies.get(pack), offsets.length);
          });
      tally.reached(CollectionStep.CONDEMNED);
      return number;
    } finally {
      if (!written) {
        domain.records().show(hidden);
      }
    }
  }

  private static CondemnedPack condemned(@Nullable PackTally pack, long run, int[] offsets) {
    PackTally known = requireNonNull(pack);
    return new CondemnedPack(known.pack(), run, bytes(known, offsets.length), offsets);
  }

  private static long bytes(@Nullable PackTally pack, long condemnedRecords) {
    PackTally known = requireNonNull(pack);
    return known.unmarkedRecords() == 0
        ? 0
        : Math.round((double) known.unmarkedBytes() * condemnedRecords / known.unmarkedRecords());
  }
}
