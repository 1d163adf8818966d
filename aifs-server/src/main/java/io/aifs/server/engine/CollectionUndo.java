package io.aifs.server.engine;

import io.aifs.server.catalog.CollectionRun;
import io.aifs.server.catalog.CondemnedPack;
import io.aifs.server.model.PackId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes what a domain's runs have condemned count as stored again. */
final class CollectionUndo {
  private static final int PACKS_AT_A_TIME = 64;

  private final CollectedDomain domain;

  CollectionUndo(CollectedDomain domain) {
    this.domain = domain;
  }

  /** Undoes all runs that have not deleted yet; returns how many records this brought back. */
  long run() {
    long shown = 0;
    for (CollectionRun run :
        domain.catalog().read(reader -> reader.collection().runs(domain.id()))) {
      if (!run.finished()) {
        shown += undo(run);
      }
    }
    return shown;
  }

  /** The catalog first: what it condemns and memory shows would be hidden by a restart. */
  private long undo(CollectionRun run) {
    long shown = 0;
    while (true) {
      Map<PackId, int[]> places = forgetSome(run);
      if (places.isEmpty()) {
        return shown;
      }
      domain.records().show(places);
      shown += places.values().stream().mapToLong(offsets -> offsets.length).sum();
    }
  }

  /** Takes some packs from the run, and ends it with the last. */
  private Map<PackId, int[]> forgetSome(CollectionRun run) {
    return domain
        .catalog()
        .write(
            writer -> {
              List<CondemnedPack> page =
                  writer.collection().condemnedBy(run.number(), Optional.empty(), PACKS_AT_A_TIME);
              Map<PackId, int[]> places = new HashMap<>();
              for (CondemnedPack condemned : page) {
                places.put(condemned.pack(), condemned.offsets());
                writer
                    .collection()
                    .condemn(new CondemnedPack(condemned.pack(), run.number(), 0, new int[0]));
              }
              if (page.isEmpty()) {
                writer.collection().undo(run.number());
              }
              return places;
            });
  }
}
