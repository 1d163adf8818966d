package io.aifs.server.engine;

import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.engine.journal.JournalDomain;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.PackDamage;
import io.aifs.server.pack.PackRecord;
import io.aifs.server.pack.RecordVisitor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether assets, or the whole store, are what they should be. Reads only. Thread-safe. */
public final class CheckService {
  private static final int NAMESPACES_AT_A_TIME = 1_000;

  private final Catalog catalog;
  private final ChunkStores chunkStores;
  private final KeyCheck keyCheck;
  private final AssetCheck assetCheck;

  public CheckService(
      Catalog catalog, ChunkStores chunkStores, KeyCheck keyCheck, AssetService assets) {
    this.catalog = catalog;
    this.chunkStores = chunkStores;
    this.keyCheck = keyCheck;
    this.assetCheck = new AssetCheck(catalog, chunkStores, assets);
  }

  /**
   * Reads assets of a namespace back and recomputes their ids.
   *
   * @param ids these; empty means every asset
   * @throws io.aifs.core.AifsException.NotFound if one of {@code ids} is not there
   */
  public CheckTally verify(NamespaceRow namespace, List<Digest> ids, CheckListener listener) {
    CheckRun run = new CheckRun(listener);
    if (ids.isEmpty()) {
      reportPacks(namespace.domain(), false, run);
      assetCheck.checkAll(namespace, true, run);
    } else {
      for (Digest id : ids) {
        assetCheck.verify(namespace, id, run);
      }
    }
    return run.tally();
  }

  /**
   * Checks every invariant of the store.
   *
   * @param readData also open and digest every record, and read every asset back
   */
  public CheckTally fsck(boolean readData, CheckListener listener) {
    CheckRun run = new CheckRun(listener);
    for (String problem : catalog.check()) {
      run.damage(
          "catalog-inconsistent", problem, "keep a copy of the data directory and report it");
    }
    List<NamespaceRow> namespaces = namespaces();
    keyCheck.check(run::report);
    Set<DomainId> domains = new LinkedHashSet<>();
    domains.add(JournalDomain.ID);
    namespaces.forEach(namespace -> domains.add(namespace.domain()));
    for (DomainId domain : domains) {
      reportPacks(domain, readData, run);
    }
    // A damaged pack says nothing of assets: read them all back to tell which are touched.
    boolean readAssets = readData || run.foundDamage();
    for (NamespaceRow namespace : namespaces) {
      assetCheck.checkAll(namespace, readAssets, run);
    }
    return run.tally();
  }

  private void reportPacks(DomainId domain, boolean open, CheckRun run) {
    ChunkStore store = chunkStores.of(domain);
    try {
      store.scan(
          open,
          new RecordVisitor() {
            @Override
            public void record(PackId pack, long position, PackRecord record) {
              // Counted as part of the assets that need it.
            }

            @Override
            public void damage(PackDamage damage) {
              run.damage(
                  "pack-damaged",
                  "pack "
                      + damage.pack()
                      + " at byte "
                      + damage.position()
                      + ": "
                      + damage.detail(),
                  "the findings about assets tell what is lost; check the disk");
            }
          });
      for (String orphan : store.orphans()) {
        run.report(
            new Finding(
                Finding.Severity.INFO,
                "pack-orphaned",
                "file " + orphan + " belongs to nothing: a put was cut off",
                "nothing to do; it only takes space"));
      }
    } catch (IOException e) {
      run.damage("pack-unreadable", "packs of domain " + domain + ": " + e, "check the disk");
    }
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
