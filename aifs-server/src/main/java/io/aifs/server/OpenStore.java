package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.RootKey;
import io.aifs.server.auth.AdminTokens;
import io.aifs.server.auth.TokenVerifier;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.catalog.sqlite.SqliteOptions;
import io.aifs.server.engine.AssetService;
import io.aifs.server.engine.AssetVerifier;
import io.aifs.server.engine.CheckService;
import io.aifs.server.engine.CollectionService;
import io.aifs.server.engine.DeleteService;
import io.aifs.server.engine.Engine;
import io.aifs.server.engine.FilesService;
import io.aifs.server.engine.NamespaceService;
import io.aifs.server.engine.Pins;
import io.aifs.server.engine.ReviveService;
import io.aifs.server.engine.StatusService;
import io.aifs.server.engine.TreeService;
import io.aifs.server.file.Disk;
import io.aifs.server.keys.DomainKeyring;
import io.aifs.server.keys.KeyCopies;
import io.aifs.server.keys.LocalKeyService;
import io.aifs.server.keys.TokenRootKey;
import io.aifs.server.pack.OrphanPacks;
import io.aifs.server.pack.PackOptions;
import io.aifs.server.store.DataDirectory;
import io.aifs.server.store.FormatFile;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A data directory opened by this process, which holds its lock: keys unwrapped, catalog open,
 * services wired.
 */
final class OpenStore implements AutoCloseable {
  private final FormatFile format;
  private final Catalog catalog;
  private final LocalChunkStores chunkStores;
  private final ExecutorService workers;
  private final Engine engine;
  private final TokenVerifier tokenVerifier;
  private final String adminToken;

  private OpenStore(
      FormatFile format,
      Catalog catalog,
      LocalChunkStores chunkStores,
      ExecutorService workers,
      Engine engine,
      TokenVerifier tokenVerifier,
      String adminToken) {
    this.format = format;
    this.catalog = catalog;
    this.chunkStores = chunkStores;
    this.workers = workers;
    this.engine = engine;
    this.tokenVerifier = tokenVerifier;
    this.adminToken = adminToken;
  }

  /** Opens a complete store. The caller holds the directory's lock. */
  static OpenStore open(StoreOptions options, Clock clock, RandomBytes random) {
    DataDirectory directory = new DataDirectory(options.dataDirectory());
    try {
      FormatFile format = directory.requireFormat();
      Disk disk = directory.disk();
      if (!Files.exists(directory.catalog())) {
        throw new AifsException.Corrupt(
            Reason.CATALOG_DAMAGED,
            "the catalog " + directory.catalog() + " is missing",
            "restore the data directory from a backup; nothing was changed");
      }
      Catalog catalog = SqliteCatalog.open(directory.catalog(), SqliteOptions.DEFAULT);
      try {
        requireSameStore(catalog, format);
        KeyFiles keyFiles = new KeyFiles(new KeyCopies(disk), catalog);
        keyFiles.restoreMissing(); // first: a passphrase needs its parameters
        RootKey rootKey =
            RootKeys.source(options, format.storeId(), disk).load(format.rootKeyCheck());
        return wire(options, format, disk, rootKey, catalog, keyFiles, clock, random);
      } catch (IOException | RuntimeException e) {
        catalog.close();
        throw e;
      }
    } catch (IOException e) {
      throw RootKeys.failed("opening the store in " + options.dataDirectory() + " failed", e);
    }
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
      StoreOptions options,
      FormatFile format,
      Disk disk,
      RootKey rootKey,
      Catalog catalog,
      KeyFiles keyFiles,
      Clock clock,
      RandomBytes random)
      throws IOException {
    LocalKeyService keyService = new LocalKeyService(disk, rootKey, random);
    DomainKeyring keyring = new DomainKeyring(disk, keyService, random);
    LocalChunkStores chunkStores =
        new LocalChunkStores(
            disk, catalog, keyService, keyring, PackOptions.DEFAULT, random, clock);
    ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    Pins pins = new Pins();
    AssetService assets = new AssetService(catalog, chunkStores, pins, workers, clock);
    CollectionService collections =
        new CollectionService(catalog, chunkStores, pins, new OrphanPacks(disk), () -> true, clock);
    Engine engine =
        new Engine(
            new NamespaceService(
                catalog, chunkStores, () -> DomainId.fromBytes(random.next(16)), clock),
            assets,
            new DeleteService(catalog, clock),
            new FilesService(catalog, chunkStores, pins, clock),
            new TreeService(catalog, clock),
            new AssetVerifier(assets),
            new CheckService(catalog, chunkStores, keyFiles, assets),
            new StatusService(catalog, collections, format.storeId(), FormatFile.VERSION, clock),
            collections,
            new ReviveService(catalog, chunkStores, collections, clock));
    TokenRootKey tokenKey = keyring.tokenRootKey();
    keyFiles.keepCopies(keyring.storeFiles());
    keyFiles.keepCopies(keyService.files(DomainKeyring.STORE));
    TokenVerifier verifier = new TokenVerifier(tokenKey.key(), clock);
    AdminTokens tokens =
        new AdminTokens(
            tokenKey.key(),
            format.storeId(),
            clock,
            () -> HexFormat.of().formatHex(random.next(8)));
    String adminToken =
        new AdminTokenFile(options.adminTokenFile(format.storeId())).ensure(tokens, verifier);
    return new OpenStore(format, catalog, chunkStores, workers, engine, verifier, adminToken);
  }

  Engine engine() {
    return engine;
  }

  TokenVerifier tokenVerifier() {
    return tokenVerifier;
  }

  String storeId() {
    return format.storeId();
  }

  String adminToken() {
    return adminToken;
  }

  /** Ends open packs, waits for the catalog, and releases everything. No call may be running. */
  @Override
  public void close() {
    try (workers;
        catalog) {
      workers.shutdown();
      chunkStores.close();
    } catch (IOException e) {
      throw RootKeys.failed("closing the store failed", e);
    }
  }
}
