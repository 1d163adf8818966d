package io.aifs.server;

import io.aifs.crypto.DomainId;
import io.aifs.crypto.RandomBytes;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.engine.AssetService;
import io.aifs.server.engine.AssetVerifier;
import io.aifs.server.engine.CheckService;
import io.aifs.server.engine.CollectionJob;
import io.aifs.server.engine.CollectionService;
import io.aifs.server.engine.DamageLog;
import io.aifs.server.engine.DeleteService;
import io.aifs.server.engine.DiskWatch;
import io.aifs.server.engine.FilesService;
import io.aifs.server.engine.Folder;
import io.aifs.server.engine.KeyCheck;
import io.aifs.server.engine.NamespaceService;
import io.aifs.server.engine.Pins;
import io.aifs.server.engine.RecentAssets;
import io.aifs.server.engine.ReviveService;
import io.aifs.server.engine.Scrub;
import io.aifs.server.engine.StatusService;
import io.aifs.server.engine.Traffic;
import io.aifs.server.engine.TreeService;
import io.aifs.server.engine.history.History;
import io.aifs.server.engine.history.PathReads;
import io.aifs.server.engine.history.SigningKeyService;
import io.aifs.server.engine.history.SnapshotFindings;
import io.aifs.server.engine.history.SnapshotKeys;
import io.aifs.server.engine.history.StoredTrees;
import io.aifs.server.engine.jobs.Job;
import io.aifs.server.engine.jobs.Jobs;
import io.aifs.server.engine.journal.JournalJob;
import io.aifs.server.engine.journal.JournalService;
import io.aifs.server.engine.open.Engine;
import io.aifs.server.pack.OrphanPacks;
import io.aifs.server.store.FormatFile;
import java.nio.ByteBuffer;
import java.time.Clock;

/** Makes the services of a store, each by its constructor. */
final class EngineWiring {
  private final StoreBase base;
  private final FormatFile format;
  private final LocalChunkStores chunkStores;
  private final JournalService journal;
  private final RecentAssets recent;
  private final Traffic traffic;
  private final SnapshotKeys snapshotKeys;

  /** What writes go through: they are in the journal when they return. */
  private final Catalog catalog;

  /** The same for what makes room: on a full disk it may take the reserve. */
  private final Catalog freeing;

  private final Pins pins = new Pins();
  private final Folder folder;
  private final Clock clock;
  private final RandomBytes random;

  EngineWiring(
      StoreBase base,
      FormatFile format,
      LocalChunkStores chunkStores,
      JournalService journal,
      RecentAssets recent,
      Traffic traffic,
      SnapshotKeys snapshotKeys) {
    this.base = base;
    this.format = format;
    this.chunkStores = chunkStores;
    this.journal = journal;
    this.recent = recent;
    this.traffic = traffic;
    this.snapshotKeys = snapshotKeys;
    this.catalog = journal.catalog();
    this.freeing = ReservingCatalog.toFree(catalog, base.space()::release);
    this.folder =
        new Folder(
            catalog, chunkStores, base.trees(), pins, base.workers(), base.tuning().foldRows());
    this.clock = base.clock();
    this.random = base.random();
  }

  Engine engine(KeyCheck keyCheck, DamageLog damageLog) {
    AssetService assets =
        new AssetService(
            catalog,
            chunkStores,
            recent,
            pins,
            folder,
            base.workers(),
            clock,
            base.tuning().uploadBatchBytes());
    CollectionService collections =
        new CollectionService(
            freeing,
            chunkStores,
            pins,
            new OrphanPacks(base.disk()),
            () -> journal.state().upToDate(),
            clock);
    AssetVerifier verifier = new AssetVerifier(assets);
    StatusService status =
        new StatusService(
            catalog, collections, format.storeId(), FormatFile.VERSION, base.space()::look, clock);
    TreeService tree = new TreeService(freeing, folder, clock);
    StoredTrees trees = new StoredTrees(chunkStores, base.trees(), pins);
    History history = History.of(catalog, snapshotKeys, trees, folder, format.storeId(), clock);
    return new Engine(
        new NamespaceService(
            catalog,
            chunkStores,
            () -> DomainId.fromBytes(random.next(16)),
            base.tuning().chunker(),
            clock),
        assets,
        new DeleteService(freeing, base.trees(), folder, clock),
        new FilesService(catalog, chunkStores, pins, folder, clock),
        tree,
        verifier,
        new CheckService(
            catalog,
            chunkStores,
            with(keyCheck, new SnapshotFindings(catalog, history.verification())),
            assets,
            damageLog,
            clock,
            this::seed),
        status,
        collections,
        new ReviveService(catalog, chunkStores, collections, clock),
        snapshotKeys,
        new SigningKeyService(snapshotKeys, catalog, clock),
        history,
        new PathReads(tree, history.resolver(), trees),
        jobs(status, verifier, collections),
        traffic);
  }

  /** Snapshots can be checked once keys were. */
  private static KeyCheck with(KeyCheck keys, SnapshotFindings snapshots) {
    return (repair, findings) -> {
      keys.check(repair, findings);
      snapshots.check(findings);
    };
  }

  private Jobs jobs(StatusService status, AssetVerifier verifier, CollectionService collections) {
    JobSettings settings = base.jobs();
    return StoreJobs.of(
        new Scrub(catalog, status, verifier, new ScrubFile(base.disk()), settings.scrubInterval()),
        new DiskWatch(base.space()::look, base.space()::restore),
        new Job("gc", settings.gcInterval(), new CollectionJob(collections, settings.gcGrace())),
        new JournalJob(journal),
        clock,
        random);
  }

  /** Positive, so that it is easily typed. */
  private long seed() {
    return ByteBuffer.wrap(random.next(Long.BYTES)).getLong() >>> 1 | 1;
  }
}
