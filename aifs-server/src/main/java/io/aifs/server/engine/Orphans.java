package io.aifs.server.engine;

import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.OrphanPacks;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Pack files that nothing names: a crash left them, or a file that was replaced did not go. */
final class Orphans {
  private final Catalog catalog;
  private final OrphanPacks files;

  Orphans(Catalog catalog, OrphanPacks files) {
    this.catalog = catalog;
    this.files = files;
  }

  /** The orphans now, with their lengths in bytes. */
  Map<PackId, Long> find(List<CollectedDomain> domains) throws IOException {
    Set<DomainId> ids = new HashSet<>();
    Set<PackId> known = new HashSet<>();
    Set<PackId> live = new HashSet<>();
    for (CollectedDomain domain : domains) {
      ids.add(domain.id());
      known.addAll(domain.records().known());
    }
    catalog.read(reader -> reader.ledger().packs()).forEach(pack -> live.add(pack.id()));
    return files.among(ids, live, known);
  }

  /**
   * Deletes those that were orphans in an earlier run, at least {@code grace} ago: a file that is
   * just being made looks like one.
   *
   * @return the bytes that this gave back
   */
  long delete(Map<PackId, Long> orphans, Instant now, Duration grace) throws IOException {
    Map<PackId, Instant> seen = catalog.read(reader -> reader.collection().orphans());
    Map<PackId, Long> old = new TreeMap<>();
    orphans.forEach(
        (pack, bytes) -> {
          Instant since = seen.get(pack);
          if (since != null && !since.plus(grace).isAfter(now)) {
            old.put(pack, bytes);
          }
        });
    long freed = files.delete(old);
    remember(orphans, old.keySet(), now);
    return freed;
  }

  /** Writes down which orphans there are, so that a later run knows since when. */
  void remember(Map<PackId, Long> orphans, Set<PackId> deleted, Instant now) {
    Map<PackId, Long> left = new HashMap<>(orphans);
    left.keySet().removeAll(deleted);
    Set<PackId> known = catalog.read(reader -> reader.collection().orphans()).keySet();
    if (!known.equals(left.keySet())) {
      int written =
          catalog.write(
              writer -> {
                writer.collection().setOrphans(left.keySet(), now);
                return left.size();
              });
      if (written != left.size()) {
        throw new IllegalStateException("orphans were not written down");
      }
    }
  }
}
