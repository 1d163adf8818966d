package io.aifs.server;

import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.journal.JournalOp;
import io.aifs.server.engine.RecentAssets;
import io.aifs.server.engine.Versions;
import io.aifs.server.engine.event.EventSignal;
import io.aifs.server.engine.policy.Policies;
import java.util.List;

/**
 * What is in memory and follows the catalog: told of each write before that returns, so that no
 * cache is ever behind what its caller knows.
 */
record CommitWatchers(
    RecentAssets recent, EventSignal events, Policies policies, Versions versions) {
  static CommitWatchers of(Catalog catalog) {
    return new CommitWatchers(
        RecentAssets.ofDefaultSize(),
        new EventSignal(),
        Policies.of(catalog),
        new Versions(catalog.read(reader -> reader.events().newest())));
  }

  void changed(List<JournalOp> ops) {
    recent.changed(ops);
    events.changed(ops);
    policies.changed(ops);
    versions.changed(ops); // last: who waits for it sees all else
  }
}
