package io.aifs.server.catalog;

import io.aifs.crypto.DomainId;
import io.aifs.server.model.PackId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What collection has condemned and not yet deleted, and pack files that nothing names. */
public interface CollectionReader {
  /** The runs of a domain that have records left, oldest first. */
  List<CollectionRun> runs(DomainId domain);

  /** What is condemned in a pack, by run, oldest first. */
  List<CondemnedPack> condemned(PackId pack);

  /** The packs in which a run has condemned records, after {@code after}, in order of id. */
  List<CondemnedPack> condemnedBy(long run, Optional<PackId> after, int limit);

  /** How much is condemned in all domains, and until when. */
  CondemnedTotals totals();

  /** Pack files that the ledger does not name, and when they were first seen as such. */
  Map<PackId, Instant> orphans();
}
