package io.aifs.server.catalog;

import io.aifs.server.model.DamagedRecord;
import io.aifs.server.model.PackId;
import java.time.Instant;
import java.util.Collection;

/** Keeps what is known of damage, and sets right what rows say by themselves. */
public interface DamageWriter extends DamageReader {
  /**
   * Keeps damaged records of live packs; one that is known stays as it is, one in a pack that is
   * not live is left out. They go with their pack when the ledger drops it.
   */
  void add(Collection<DamagedRecord> records, Instant seenAt);

  /** Forgets records that read back after all; unknown ones are ignored. */
  void remove(PackId pack, Collection<Long> positions);

  /**
   * Counts anew what is kept as a count: totals of namespaces, paths of assets, the newest event,
   * associations. Takes as long as a check of the catalog.
   */
  void recount();
}
