package io.aifs.server.engine;

import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.QuarantinedPack;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.engine.Finding.Severity;
import io.aifs.server.model.DamagedRecord;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.PackDamage;
import io.aifs.server.pack.PackRecord;
import io.aifs.server.pack.RecordVisitor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads the packs of a domain, which hides the records that do not read back; and, when it is known
 * which assets that touches, says of each pack how bad it is. Not thread-safe.
 */
final class PackCheck {
  private static final int DAMAGES_MAX = 100_000;
  private static final int DETAILS_MAX = 3;

  private final Catalog catalog;
  private final DomainId domain;
  private final ChunkStore store;
  private final CheckRun run;
  private final Map<PackId, List<PackDamage>> damages = new TreeMap<>();
  private int damageCount;

  PackCheck(Catalog catalog, DomainId domain, ChunkStore store, CheckRun run) {
    this.catalog = catalog;
    this.domain = domain;
    this.store = store;
    this.run = run;
  }

  /** Reads every pack; {@code open} also opens and digests every record. */
  void scan(boolean open) {
    try {
      store.scan(
          open,
          new RecordVisitor() {
            @Override
            public void record(PackId pack, long position, PackRecord record) {
              run.scanned(record.payload().length);
            }

            @Override
            public void damage(PackDamage damage) {
              if (damageCount++ < DAMAGES_MAX) {
                damages.computeIfAbsent(damage.pack(), _ -> new ArrayList<>()).add(damage);
              }
            }
          });
      for (String orphan : store.orphans()) {
        run.report(
            new Finding(
                Severity.INFO,
                "pack-orphaned",
                "file " + orphan + " belongs to nothing: a put was cut off",
                "nothing to do; it only takes space until collection deletes it"));
      }
    } catch (IOException e) {
      run.report(
          new Finding(
              Severity.DAMAGE,
              "pack-unreadable",
              "packs of domain " + domain + ": " + e.getMessage(),
              "look at the disk and its log"));
    }
  }

  /** Reports each pack in which something is damaged, by what it touches. */
  void report(PackTouches touches) {
    Set<PackId> live =
        catalog.<List<LivePack>>read(reader -> reader.ledger().packs(domain)).stream()
            .map(LivePack::id)
            .collect(Collectors.toCollection(HashSet::new));
    Map<PackId, QuarantinedPack> known = new TreeMap<>();
    for (QuarantinedPack pack :
        catalog.<List<QuarantinedPack>>read(reader -> reader.damage().packs())) {
      if (live.contains(pack.pack())) {
        known.put(pack.pack(), pack);
        damages.computeIfAbsent(pack.pack(), _ -> details(pack.pack()));
      }
    }
    damages.forEach((pack, found) -> run.report(finding(pack, found, known, touches)));
  }

  private List<PackDamage> details(PackId pack) {
    return catalog.<List<DamagedRecord>>read(reader -> reader.damage().of(pack)).stream()
        .map(record -> new PackDamage(pack, record.position(), 0, record.detail()))
        .toList();
  }

  private static Finding finding(
      PackId pack,
      List<PackDamage> found,
      Map<PackId, QuarantinedPack> known,
      PackTouches touches) {
    QuarantinedPack quarantined = known.get(pack);
    String since = quarantined == null ? "" : ", quarantined since " + quarantined.since();
    String where = "pack " + pack + since + ": " + where(found);
    Touched touched = touches.of(pack).orElse(Touched.NOTHING);
    boolean recordsOnly = found.stream().allMatch(damage -> damage.record().isPresent());
    if (touches.records(pack) > 0) {
      return new Finding(
              Severity.DAMAGE,
              "pack-damaged",
              where + "; lost records that are needed: " + touches.records(pack),
              "the findings about assets tell what is lost; check the disk; everything else in the"
                  + " pack still reads")
          .touching(touched)
          .inPack(pack);
    }
    if (quarantined != null && (recordsOnly || found.size() <= quarantined.records())) {
      return new Finding(
              Severity.INFO,
              "pack-quarantined",
              where + "; nothing needs what is damaged, or there is another good copy of it",
              "nothing to do; collection drops the pack when nothing else in it is needed")
          .inPack(pack);
    }
    if (touches.chunkAbsent()) {
      return new Finding(
              Severity.DAMAGE,
              "pack-damaged",
              where + "; the missing chunks that other findings name may have been there",
              "the findings about assets tell what is lost; check the disk")
          .inPack(pack);
    }
    return new Finding(
            Severity.WARNING,
            "pack-structure-damaged",
            where + "; nothing that is needed is lost",
            "check the disk: it changed bytes of a file")
        .inPack(pack);
  }

  private static String where(List<PackDamage> found) {
    String some =
        found.stream()
            .limit(DETAILS_MAX)
            .map(damage -> "at byte " + damage.position() + ": " + damage.detail())
            .collect(Collectors.joining("; "));
    int more = found.size() - DETAILS_MAX;
    return more > 0 ? some + "; and " + more + " more places" : some;
  }
}
