package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.model.LivePack;
import java.util.List;

/**
 * What the ledger does not know of the journal's packs yet.
 *
 * @param through the packs hold all transactions up to this one
 */
record Recordable(List<LivePack> packs, long through) {
  /** Puts the packs into the ledger and drops what they hold from the outbox, in one step. */
  void record(CatalogWriter writer) {
    writer.ledger().commit(packs, List.of());
    writer.journal().forget(through);
  }
}
