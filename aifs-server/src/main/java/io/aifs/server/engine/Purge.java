package io.aifs.server.engine;

import io.aifs.server.catalog.CollectionRun;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.Compaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Deletes what due runs have condemned: rescues first, then drops and rewrites packs in groups. */
final class Purge {
  /** A group ends when this much is to be copied: so much more disk is needed meanwhile. */
  private static final long GROUP_BYTES = 64 << 20;

  private static final int GROUP_PACKS = 64;
  private static final int KEPT_AT_A_TIME = 10_000;

  private final CollectedDomain domain;
  private final CollectionTally tally;
  private final BooleanSupplier mayDelete;

  /**
   * @param mayDelete whether everything that the catalog says could be rebuilt without the files
   */
  Purge(CollectedDomain domain, CollectionTally tally, BooleanSupplier mayDelete) {
    this.domain = domain;
    this.tally = tally;
    this.mayDelete = mayDelete;
  }

  /**
   * Deletes what these runs have condemned. No pin that is older than one of them may be open.
   *
   * @param marked the newest event when the last marking began
   */
  void run(List<CollectionRun> due, long marked) throws IOException {
    long losses = domain.chunks().losses();
    long since =
        due.stream()
            .filter(run -> !run.finished())
            .mapToLong(CollectionRun::sequence)
            .reduce(marked, Math::min);
    new Rescue(domain, tally).since(since);
    domain.settle(true, losses);
    tally.reached(CollectionStep.RESCUED);
    DeadRecords dead = new DeadRecords(domain, due);
    List<CompactionPlan.Share> chosen = CompactionPlan.choose(dead.shares());
    Map<PackId, int[]> going =
        dead.offsets(chosen.stream().map(CompactionPlan.Share::pack).toList());
    List<CompactionPlan.Share> group = new ArrayList<>();
    long bytes = 0;
    for (CompactionPlan.Share share : chosen) {
      if (group.size() == GROUP_PACKS
          || (!group.isEmpty() && bytes + share.liveBytes() > GROUP_BYTES)) {
        compact(group, dead, going);
        group.clear();
        bytes = 0;
      }
      group.add(share);
      bytes += share.liveBytes();
    }
    if (!group.isEmpty()) {
      compact(group, dead, going);
    }
    finish(due);
  }

  private void compact(List<CompactionPlan.Share> group, DeadRecords dead, Map<PackId, int[]> going)
      throws IOException {
    Map<PackId, Long> lengths = new HashMap<>();
    for (LivePack pack : domain.catalog().read(reader -> reader.ledger().packs(domain.id()))) {
      lengths.put(pack.id(), pack.syncedBytes());
    }
    Compaction compaction =
        domain
            .records()
            .compact(dead.offsets(group.stream().map(CompactionPlan.Share::pack).toList()), going);
    boolean recorded = false;
    try {
      tally.reached(CollectionStep.COPIED);
      CompactionRecord record = new CompactionRecord(compaction, dead);
      recorded = domain.catalog().write(record::applyTo);
    } finally {
      if (!recorded) {
        domain.records().discard(compaction);
      }
    }
    tally.reached(CollectionStep.RECORDED);
    domain.records().swap(compaction);
    count(group, compaction, lengths);
    tally.reached(CollectionStep.SWAPPED);
    if (mayDelete.getAsBoolean()) {
      delete(compaction);
      tally.reached(CollectionStep.DELETED);
    }
  }

  private void delete(Compaction compaction) {
    try {
      domain.records().delete(compaction.replaced());
    } catch (IOException _) {
      // What is left is an orphan, which a later run deletes.
    }
  }

  private void count(
      List<CompactionPlan.Share> group, Compaction compaction, Map<PackId, Long> lengths) {
    for (CompactionPlan.Share share : group) {
      if (compaction.replaced().contains(share.pack())) {
        tally.freedBytes += lengths.getOrDefault(share.pack(), 0L);
        if (share.liveBytes() == 0) {
          tally.packsDropped++;
        } else {
          tally.packsRewritten++;
        }
      }
    }
    compaction.added().forEach(pack -> tally.freedBytes -= pack.syncedBytes());
    tally.packsDamaged += compaction.damaged().size();
  }

  private void finish(List<CollectionRun> due) {
    long before = due.stream().mapToLong(CollectionRun::sequence).max().orElse(0);
    for (NamespaceRow namespace : domain.namespaces()) {
      long forgotten = KEPT_AT_A_TIME;
      while (forgotten == KEPT_AT_A_TIME) {
        forgotten =
            domain
                .catalog()
                .write(
                    writer ->
                        writer.assets().forgetKept(namespace.number(), before, KEPT_AT_A_TIME));
      }
    }
    int finished =
        domain
            .catalog()
            .write(
                writer -> {
                  due.forEach(run -> writer.collection().finish(run.number()));
                  return due.size();
                });
    if (finished > 0) {
      tally.reached(CollectionStep.FINISHED);
    }
  }
}
