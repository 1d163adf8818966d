package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.RootKey;
import io.aifs.server.audit.AuditLog;
import io.aifs.server.audit.HeadSeal;
import io.aifs.server.auth.TokenVerifier;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.catalog.sqlite.SqliteOptions;
import io.aifs.server.engine.DamageLog;
import io.aifs.server.engine.KeyCheck;
import io.aifs.server.engine.Traffic;
import io.aifs.server.engine.journal.JournalDomain;
import io.aifs.server.engine.journal.JournalService;
import io.aifs.server.engine.open.Engine;
import io.aifs.server.engine.payload.PayloadCheck;
import io.aifs.server.engine.tree.TreeNodes;
import io.aifs.server.file.Disk;
import io.aifs.server.keys.DomainKeyring;
import io.aifs.server.keys.KeyCopies;
import io.aifs.server.keys.LocalKeyService;
import io.aifs.server.keys.SigningKeyring;
import io.aifs.server.store.DataDirectory;
import io.aifs.server.store.FormatFile;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A data directory opened by this process, which holds its lock: keys unwrapped, catalog open,
 * services wired.
 */
final class OpenStore implements AutoCloseable {
  private static final int WORKERS_SECONDS_MAX = 60;
  private static final System.Logger LOG = System.getLogger(OpenStore.class.getName());

  private final FormatFile format;
  private final Catalog catalog;
  private final JournalService journal;
  private final LocalChunkStores chunkStores;
  private final LocalSnapshotKeys snapshotKeys;
  private final ExecutorService workers;
  private final Engine engine;
  private final LocalTokens tokens;
  private final StoreSpace space;

  private OpenStore(
      FormatFile format,
      Catalog catalog,
      JournalService journal,
      LocalChunkStores chunkStores,
      LocalSnapshotKeys snapshotKeys,
      ExecutorService workers,
      Engine engine,
      LocalTokens tokens,
      StoreSpace space) {
    this.format = format;
    this.catalog = catalog;
    this.journal = journal;
    this.chunkStores = chunkStores;
    this.snapshotKeys = snapshotKeys;
    this.workers = workers;
    this.engine = engine;
    this.tokens = tokens;
    this.space = space;
  }

  /** Opens a complete store. The caller holds the directory's lock. */
  static OpenStore open(StoreOptions options, Clock clock, RandomBytes random) {
    return open(options, JobSettings.DEFAULT, clock, random);
  }

  static OpenStore open(StoreOptions options, JobSettings jobs, Clock clock, RandomBytes random) {
    try {
      Disk disk = new DataDirectory(options.dataDirectory()).disk();
      return open(options, disk, PayloadCheck.OF_SCHEMAS, jobs, clock, random);
    } catch (IOException e) {
      throw RootKeys.failed("opening the store in " + options.dataDirectory() + " failed", e);
    }
  }

  /**
   * Opens a complete store.
   *
   * @param disk stands for the data directory's files, but for the catalog's
   * @param payloads knows what kinds demand of content
   */
  static OpenStore open(
      StoreOptions options,
      Disk disk,
      PayloadCheck payloads,
      JobSettings jobs,
      Clock clock,
      RandomBytes random) {
    DataDirectory directory = new DataDirectory(options.dataDirectory());
    try {
      FormatFile format = directory.requireFormat();
      if (!Files.exists(directory.catalog())) {
        throw new AifsException.Corrupt(
            Reason.CATALOG_DAMAGED,
            "the catalog " + directory.catalog() + " is missing",
            "'aifs fsck --rebuild-catalog' makes it anew from packs/ and keys/; nothing was"
                + " changed");
      }
      StoreSpace space = new StoreSpace(directory.root().toFile(), disk, random);
      space.prepareToOpen();
      TreeNodes trees = new TreeNodes();
      Catalog catalog =
          ReservingCatalog.toStore(
              SqliteCatalog.open(directory.catalog(), SqliteOptions.DEFAULT, trees),
              space::release);
      ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
      return over(
          options,
          format,
          new StoreBase(
              disk,
              catalog,
              trees,
              workers,
              space,
              payloads,
              jobs,
              clock,
              random,
              StoreTuning.DEFAULT));
    } catch (IOException e) {
      throw failed(options, e);
    }
  }

  /** Opens the store that lies on {@code base}. */
  static OpenStore over(StoreOptions options, FormatFile format, StoreBase base) {
    Catalog catalog = base.catalog();
    boolean opened = false;
    try {
      requireSameStore(catalog, format);
      // First: a passphrase needs its parameters.
      new KeyFiles(new KeyCopies(base.disk()), catalog).restoreMissing();
      RootKey rootKey =
          RootKeys.source(options, format.storeId(), base.disk()).load(format.rootKeyCheck());
      OpenStore store = wire(options, format, base, rootKey);
      opened = true;
      return store;
    } catch (IOException e) {
      throw failed(options, e);
    } finally {
      if (!opened) {
        base.workers().shutdown();
        catalog.close();
      }
    }
  }

  private static AifsException failed(StoreOptions options, IOException cause) {
    return RootKeys.failed("opening the store in " + options.dataDirectory() + " failed", cause);
  }

  private static void requireSameStore(Catalog catalog, FormatFile format) {
    String catalogStore = catalog.read(reader -> reader.storeId()).orElse("none");
    if (!catalogStore.equals(format.storeId())) {
      throw new AifsException.Corrupt(
          Reason.CATALOG_DAMAGED,
          "the catalog belongs to store " + catalogStore + ", FORMAT to " + format.storeId(),
          "put back the catalog that belongs to this data directory");
    }
  }

  private static OpenStore wire(
      StoreOptions options, FormatFile format, StoreBase base, RootKey rootKey) throws IOException {
    Clock clock = base.clock();
    RandomBytes random = base.random();
    LocalKeyService keyService = new LocalKeyService(base.disk(), rootKey, random);
    DomainKeyring keyring = new DomainKeyring(base.disk(), keyService, random);
    DamageLog damageLog = new DamageLog(base.catalog(), base.workers(), clock);
    Traffic traffic = new Traffic();
    LocalChunkStores chunkStores =
        new LocalChunkStores(base, damageLog, keyService, keyring, traffic);
    base.trees().attach(chunkStores::of);
    Map<String, byte[]> journalKeys = chunkStores.createDomain(JournalDomain.ID);
    CommitWatchers watchers = CommitWatchers.of(base.catalog());
    JournalService journal =
        new JournalService(
            base.catalog(),
            chunkStores.of(JournalDomain.ID),
            () -> HexFormat.of().formatHex(random.next(16)),
            clock,
            watchers::changed);
    journal.start();
    Catalog catalog = journal.catalog();
    KeyFiles keyFiles = new KeyFiles(new KeyCopies(base.disk()), catalog);
    keyFiles.keepCopies(journalKeys);
    SigningKeyring signingKeys =
        new SigningKeyring(base.disk(), keyService, format.storeId(), random, clock);
    LocalSnapshotKeys snapshotKeys = new LocalSnapshotKeys(signingKeys, keyFiles);
    AuditLog audit = auditLog(base, format, keyring, catalog);
    SigningKeyCheck signingCheck = new SigningKeyCheck(signingKeys, keyFiles, catalog);
    KeyCheck keyCheck =
        checks(formatCheck(options, format, base), keyFiles, signingCheck, new AuditCheck(audit));
    LocalTokens tokens =
        LocalTokens.open(
            keyring,
            keyFiles,
            catalog,
            new AdminTokenFile(options.adminTokenFile(format.storeId())),
            format.storeId(),
            clock,
            random);
    keyFiles.keepCopies(keyring.storeFiles());
    keyFiles.keepCopies(keyService.files(DomainKeyring.STORE));
    tokens.ensureAdminToken();
    Engine engine =
        new EngineWiring(base, format, chunkStores, journal, watchers, traffic, snapshotKeys)
            .engine(keyCheck, damageLog, tokens.service(), audit);
    return new OpenStore(
        format,
        catalog,
        journal,
        chunkStores,
        snapshotKeys,
        base.workers(),
        engine,
        tokens,
        base.space());
  }

  private static AuditLog auditLog(
      StoreBase base, FormatFile format, DomainKeyring keyring, Catalog catalog)
      throws IOException {
    return AuditLog.open(
        base.disk(),
        format.storeId(),
        new HeadSeal(keyring.auditKey(), format.storeId()),
        new CatalogHeads(catalog),
        base.clock(),
        new AuditRoom(base.space()));
  }

  private static FormatCheck formatCheck(StoreOptions options, FormatFile format, StoreBase base) {
    return new FormatCheck(new DataDirectory(options.dataDirectory()), base.disk(), format);
  }

  private static KeyCheck checks(KeyCheck... all) {
    return (repair, findings) -> {
      for (KeyCheck one : all) {
        one.check(repair, findings);
      }
    };
  }

  Engine engine() {
    return engine;
  }

  TokenVerifier tokenVerifier() {
    return tokens.verifier();
  }

  String storeId() {
    return format.storeId();
  }

  String adminToken() {
    return tokens.adminToken();
  }

  /**
   * Sets space aside for a full disk. That there is none to set aside, or no way to, keeps nobody
   * from serving: the job that watches the disk tells.
   */
  void keepReserve() {
    try {
      space.restore();
    } catch (AifsException e) {
      LOG.log(System.Logger.Level.WARNING, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Ends jobs and open packs, waits for the catalog, and releases everything. No call may be
   * running.
   */
  @Override
  public void close() {
    try (workers;
        catalog) {
      engine.jobs().close();
      engine.indexes().close();
      engine.tokens().uses().write();
      awaitFolds();
      engine.audit().close();
      snapshotKeys.close();
      chunkStores.close(catalog);
      journal.close();
      chunkStores.release();
    } catch (IOException e) {
      throw RootKeys.failed("closing the store failed", e);
    }
  }

  /** Folds that nobody waits for end first: they need the chunk stores. */
  private void awaitFolds() {
    workers.shutdown();
    try {
      if (!workers.awaitTermination(WORKERS_SECONDS_MAX, TimeUnit.SECONDS)) {
        LOG.log(System.Logger.Level.WARNING, "work in the background did not end: it is cut off");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
