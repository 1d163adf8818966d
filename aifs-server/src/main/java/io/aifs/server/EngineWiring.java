package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.RandomBytes;
import io.aifs.server.audit.AuditLog;
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
import io.aifs.server.engine.ReviveService;
import io.aifs.server.engine.Scrub;
import io.aifs.server.engine.StatusService;
import io.aifs.server.engine.Traffic;
import io.aifs.server.engine.TreeService;
import io.aifs.server.engine.WhyService;
import io.aifs.server.engine.association.AssociationService;
import io.aifs.server.engine.embedding.EmbeddingService;
import io.aifs.server.engine.event.EventExpansion;
import io.aifs.server.engine.event.EventLog;
import io.aifs.server.engine.history.History;
import io.aifs.server.engine.history.PathReads;
import io.aifs.server.engine.history.RefRoots;
import io.aifs.server.engine.history.SigningKeyService;
import io.aifs.server.engine.history.SnapshotFindings;
import io.aifs.server.engine.history.SnapshotKeys;
import io.aifs.server.engine.history.StoredTrees;
import io.aifs.server.engine.jobs.Job;
import io.aifs.server.engine.jobs.Jobs;
import io.aifs.server.engine.journal.JournalJob;
import io.aifs.server.engine.journal.JournalService;
import io.aifs.server.engine.lineage.LineageService;
import io.aifs.server.engine.open.Engine;
import io.aifs.server.engine.payload.PayloadInspector;
import io.aifs.server.engine.policy.PolicyFindings;
import io.aifs.server.engine.policy.PolicyService;
import io.aifs.server.engine.search.IndexFactory;
import io.aifs.server.engine.search.IndexTuning;
import io.aifs.server.engine.search.SearchService;
import io.aifs.server.engine.search.VectorIndexes;
import io.aifs.server.engine.tensor.TensorService;
import io.aifs.server.engine.token.TokenService;
import io.aifs.server.engine.transaction.ExpiryJob;
import io.aifs.server.engine.transaction.StepStorage;
import io.aifs.server.engine.transaction.TransactionService;
import io.aifs.server.pack.OrphanPacks;
import io.aifs.server.store.FormatFile;
import io.aifs.server.vector.IndexFolders;
import io.aifs.vector.LuceneVectorIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;

/** Makes the services of a store, each by its constructor. */
final class EngineWiring {
  private static final IndexFactory INDEXES =
      (spec, files, numbers) ->
          LuceneVectorIndex.open(spec, files, numbers, LuceneVectorIndex.Options.DEFAULT);

  private final StoreBase base;
  private final FormatFile format;
  private final LocalChunkStores chunkStores;
  private final JournalService journal;
  private final CommitWatchers watchers;
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
  private final VectorIndexes indexes;
  private final PayloadInspector payloads;

  EngineWiring(
      StoreBase base,
      FormatFile format,
      LocalChunkStores chunkStores,
      JournalService journal,
      CommitWatchers watchers,
      Traffic traffic,
      SnapshotKeys snapshotKeys) {
    this.base = base;
    this.format = format;
    this.chunkStores = chunkStores;
    this.journal = journal;
    this.watchers = watchers;
    this.traffic = traffic;
    this.snapshotKeys = snapshotKeys;
    this.catalog = journal.catalog();
    this.freeing = ReservingCatalog.toFree(catalog, base.space()::release);
    this.folder =
        new Folder(
            catalog, chunkStores, base.trees(), pins, base.workers(), base.tuning().foldRows());
    this.clock = base.clock();
    this.random = base.random();
    this.indexes = indexes();
    this.payloads = new PayloadInspector(base.payloads());
  }

  Engine engine(KeyCheck keyCheck, DamageLog damageLog, TokenService tokens, AuditLog audit) {
    AssetService assets = assets();
    CollectionService collections = collections();
    FilesService files =
        new FilesService(catalog, chunkStores, pins, folder, watchers.policies(), payloads, clock);
    TransactionService transactions = transactions(files);
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
        files,
        tree,
        verifier,
        new CheckService(
            catalog,
            chunkStores,
            with(
                keyCheck,
                new SnapshotFindings(catalog, history.verification()),
                new PolicyFindings(catalog)),
            assets,
            damageLog,
            clock,
            this::seed),
        status,
        collections,
        new ReviveService(catalog, chunkStores, collections, watchers.policies(), clock),
        snapshotKeys,
        new SigningKeyService(snapshotKeys, catalog, clock),
        history,
        new PathReads(tree, history.resolver(), trees),
        jobs(status, verifier, collections, transactions),
        traffic,
        new LineageService(catalog, clock),
        new WhyService(catalog, base.trees(), pins),
        new AssociationService(catalog, clock),
        transactions,
        new EventLog(catalog, watchers.events(), EventExpansion.standard()),
        watchers.versions(),
        new PolicyService(catalog, watchers.policies(), clock),
        tokens,
        audit,
        new EmbeddingService(catalog, chunkStores, pins, watchers.policies(), clock),
        indexes,
        search(new RefRoots(history.resolver(), folder, trees)),
        new TensorService(assets::open));
  }

  private SearchService search(RefRoots refs) {
    return new SearchService(catalog, chunkStores, indexes, refs, watchers.versions()::newest);
  }

  private VectorIndexes indexes() {
    return new VectorIndexes(
        catalog,
        chunkStores,
        new IndexFolders(
            base.disk(), format.storeId(), chunkStores::keysOf, random, this::requireIndexRoom),
        INDEXES,
        watchers.events(),
        IndexTuning.DEFAULT);
  }

  /** Indexes stay in memory, so that what is kept for making room is left alone. */
  private void requireIndexRoom() throws IOException {
    try {
      base.space().requireRoom();
    } catch (AifsException.LimitExceeded e) {
      throw new IOException("no space left on the disk but what is kept for deleting", e);
    }
  }

  private CollectionService collections() {
    return new CollectionService(
        freeing,
        chunkStores,
        pins,
        new OrphanPacks(base.disk()),
        () -> journal.state().upToDate(),
        clock);
  }

  private AssetService assets() {
    return new AssetService(
        catalog,
        chunkStores,
        watchers.recent(),
        pins,
        folder,
        watchers.policies(),
        payloads,
        base.workers(),
        clock,
        base.tuning().uploadBatchBytes());
  }

  private TransactionService transactions(FilesService files) {
    TransactionService transactions =
        new TransactionService(
            catalog,
            new StepStorage(files),
            pins,
            folder,
            watchers.policies(),
            base.workers(),
            clock,
            random);
    transactions.start();
    return transactions;
  }

  /** Snapshots can be checked once keys were. */
  private KeyCheck with(KeyCheck keys, SnapshotFindings snapshots, PolicyFindings policies) {
    return (repair, findings) -> {
      keys.check(repair, findings);
      snapshots.check(findings);
      policies.check(findings);
      indexes.check(repair, findings);
    };
  }

  private Jobs jobs(
      StatusService status,
      AssetVerifier verifier,
      CollectionService collections,
      TransactionService transactions) {
    JobSettings settings = base.jobs();
    return StoreJobs.of(
        new Scrub(catalog, status, verifier, new ScrubFile(base.disk()), settings.scrubInterval()),
        new DiskWatch(base.space()::look, base.space()::restore),
        new Job("gc", settings.gcInterval(), new CollectionJob(collections, settings.gcGrace())),
        new JournalJob(journal),
        new ExpiryJob(transactions),
        clock,
        random);
  }

  /** Positive, so that it is easily typed. */
  private long seed() {
    return ByteBuffer.wrap(random.next(Long.BYTES)).getLong() >>> 1 | 1;
  }
}
