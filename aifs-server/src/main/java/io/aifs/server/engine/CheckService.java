package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.journal.JournalDomain;
import io.aifs.server.engine.tree.TreeNodes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Whether assets, or the whole store, are what they should be. Damage that a check meets is kept,
 * so that what is damaged does not count as stored; else only a repair changes anything.
 * Thread-safe.
 */
public final class CheckService {
  private static final int NAMESPACES_AT_A_TIME = 1_000;

  private final Catalog catalog;
  private final ChunkStores chunkStores;
  private final KeyCheck keyCheck;
  private final AssetService assets;
  private final CatalogFindings catalogFindings;
  private final AssetCheck parts;
  private final AssetReadback readback;
  private final DamageLog damageLog;
  private final LongSupplier seeds;

  /**
   * @param seeds choose the samples for which no seed is given; never 0
   */
  public CheckService(
      Catalog catalog,
      ChunkStores chunkStores,
      KeyCheck keyCheck,
      AssetService assets,
      DamageLog damageLog,
      Clock clock,
      LongSupplier seeds) {
    this.catalog = catalog;
    this.chunkStores = chunkStores;
    this.keyCheck = keyCheck;
    this.assets = assets;
    this.catalogFindings = new CatalogFindings(catalog, clock);
    this.parts = new AssetCheck(catalog, chunkStores, assets);
    this.readback = new AssetReadback(assets, parts);
    this.damageLog = damageLog;
    this.seeds = seeds;
  }

  /**
   * Reads assets of a namespace back and recomputes their ids.
   *
   * @param ids these; empty means every asset
   * @throws AifsException.NotFound if one of {@code ids} is not there
   */
  public CheckTally verify(NamespaceRow namespace, List<Digest> ids, CheckListener listener) {
    CheckRun run = new CheckRun(listener);
    ChunkProbe probe = new ChunkProbe(chunkStores.of(namespace.domain()));
    try (DamagedAssets damaged = new DamagedAssets(catalog, namespace, new PackTouches(), run)) {
      if (ids.isEmpty()) {
        new AssetSweep(catalog, namespace)
            .each(row -> readBack(namespace, row, probe, damaged, run));
      } else {
        for (Digest id : ids) {
          readBack(namespace, assets.require(namespace, id), probe, damaged, run);
        }
      }
    }
    damageLog.flush();
    return run.tally();
  }

  /**
   * A sample to verify.
   *
   * @param seed which one; 0 for any
   * @throws AifsException.InvalidRequest unless {@code share} is above 0 and at most 1
   */
  public Sample sample(double share, long seed) {
    return new Sample(share, seed == 0 ? seeds.getAsLong() : seed);
  }

  /** Reads a sample of the assets of a namespace; what is read whole must have its id. */
  public CheckTally verifySample(NamespaceRow namespace, Sample sample, CheckListener listener) {
    CheckRun run = new CheckRun(listener);
    ChunkProbe probe = new ChunkProbe(chunkStores.of(namespace.domain()));
    try (DamagedAssets damaged = new DamagedAssets(catalog, namespace, new PackTouches(), run)) {
      new AssetSweep(catalog, namespace)
          .each(row -> readSome(namespace, row, sample.next(row.size()), probe, damaged, run));
    }
    damageLog.flush();
    return run.tally();
  }

  /** Checks every invariant of the store. */
  public CheckTally fsck(CheckOptions options, CheckListener listener) {
    CheckRun run = new CheckRun(listener);
    catalogFindings.check(options.repair(), run);
    keyCheck.check(options.repair(), run::report);
    Map<DomainId, PackCheck> domains = new LinkedHashMap<>();
    List<NamespaceRow> open = new ArrayList<>();
    if (canOpen(JournalDomain.ID, run)) {
      domains.put(
          JournalDomain.ID,
          new PackCheck(catalog, JournalDomain.ID, chunkStores.of(JournalDomain.ID), run));
    }
    for (NamespaceRow namespace : namespaces()) {
      DomainId domain = namespace.domain();
      if (domains.containsKey(domain) || canOpen(domain, run)) {
        domains.computeIfAbsent(domain, id -> new PackCheck(catalog, id, chunkStores.of(id), run));
        open.add(namespace);
      }
    }
    domains.values().forEach(packs -> packs.scan(options.readData()));
    PackTouches touches = new PackTouches();
    for (NamespaceRow namespace : open) {
      checkAssets(namespace, options.readData(), touches, run);
      new TreeFindings(
              catalog,
              namespace,
              TreeNodes.unremembered(namespace.domain(), chunkStores.of(namespace.domain())),
              run)
          .check();
    }
    damageLog.flush();
    domains.values().forEach(packs -> packs.report(touches));
    return run.tally();
  }

  /** Whether the keys of a domain can be had; a finding if not. */
  private boolean canOpen(DomainId domain, CheckRun run) {
    try {
      var _ = chunkStores.of(domain);
      return true;
    } catch (AifsException.Corrupt e) {
      run.report(
          new Finding(
              Finding.Severity.DAMAGE,
              "domain-locked",
              "nothing in domain " + domain + " can be read or checked: " + e.getMessage(),
              "if there is a finding about the key file, 'aifs fsck --repair' restores it from its"
                  + " copy; then check again"));
      return false;
    }
  }

  private void checkAssets(
      NamespaceRow namespace, boolean read, PackTouches touches, CheckRun run) {
    ChunkProbe probe = new ChunkProbe(chunkStores.of(namespace.domain()));
    try (DamagedAssets damaged = new DamagedAssets(catalog, namespace, touches, run)) {
      new AssetSweep(catalog, namespace)
          .each(
              row -> {
                if (read) {
                  readBack(namespace, row, probe, damaged, run);
                } else {
                  parts.check(namespace, row, probe).ifPresent(damaged::add);
                  run.checked(row.size());
                }
              });
    }
  }

  private void readBack(
      NamespaceRow namespace, AssetRow row, ChunkProbe probe, DamagedAssets damaged, CheckRun run) {
    try {
      readback.whole(namespace, row, probe).ifPresent(damaged::add);
      run.checked(row.size());
    } catch (AifsException.NotFound e) {
      if (e.reason() != Reason.ASSET_DELETED && e.reason() != Reason.ASSET_NOT_FOUND) {
        throw e;
      } // deleted since it was listed
    }
  }

  private void readSome(
      NamespaceRow namespace,
      AssetRow row,
      List<Sample.Range> ranges,
      ChunkProbe probe,
      DamagedAssets damaged,
      CheckRun run) {
    if (ranges.isEmpty()) {
      return;
    }
    if (ranges.getFirst().length() == row.size()) {
      readBack(namespace, row, probe, damaged, run);
      return;
    }
    Optional<DamagedAsset> found = Optional.empty();
    long bytes = 0;
    for (Sample.Range range : ranges) {
      found = found.or(() -> readback.range(namespace, row, range.offset(), range.length(), probe));
      bytes += range.length();
    }
    found.ifPresent(damaged::add);
    run.checked(bytes);
  }

  private List<NamespaceRow> namespaces() {
    List<NamespaceRow> all = new ArrayList<>();
    Optional<Name> after = Optional.empty();
    while (true) {
      Optional<Name> from = after;
      List<NamespaceRow> page =
          catalog.read(reader -> reader.namespaces().list(from, NAMESPACES_AT_A_TIME));
      all.addAll(page);
      if (page.size() < NAMESPACES_AT_A_TIME) {
        return all;
      }
      after = Optional.of(page.getLast().name());
    }
  }
}
