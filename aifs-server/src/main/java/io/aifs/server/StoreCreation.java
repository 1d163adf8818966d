package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.RootKey;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.catalog.sqlite.SqliteOptions;
import io.aifs.server.file.Disk;
import io.aifs.server.store.AtomicFiles;
import io.aifs.server.store.DataDirectory;
import io.aifs.server.store.FormatFile;
import io.aifs.server.store.StoreLock;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a store. FORMAT is written first, saying that the store is being initialised, and last,
 * saying that it is complete; so a crash between leaves something that can be taken up again, and
 * is never mistaken for a store.
 */
public final class StoreCreation {
  private final StoreOptions options;
  private final DataDirectory directory;
  private final Clock clock;
  private final RandomBytes random;
  private final List<String> log = new ArrayList<>();

  private StoreCreation(StoreOptions options, Clock clock, RandomBytes random) {
    this.options = options;
    this.directory = new DataDirectory(options.dataDirectory());
    this.clock = clock;
    this.random = random;
  }

  /**
   * Initialises the data directory, or finds that it is: nothing that is there is destroyed.
   *
   * @throws AifsException.Precondition if the directory holds something that is not a store
   */
  public static InitReport init(StoreOptions options, boolean dryRun) {
    StoreCreation creation = new StoreCreation(options, Wiring.clock(), Wiring.randomBytes());
    try {
      return dryRun ? creation.plan() : creation.create();
    } catch (IOException e) {
      throw RootKeys.failed("initialising " + options.dataDirectory() + " failed", e);
    }
  }

  private InitReport plan() throws IOException {
    Optional<FormatFile> format = directory.format();
    if (format.isPresent() && format.get().complete()) {
      return existing(format.get());
    }
    requireOurs(format);
    String storeId = format.map(FormatFile::storeId).orElse("(chosen at random)");
    log.add("would create a store in " + options.dataDirectory());
    log.add("would create namespace 'default' with keys of its own");
    return report(storeId, false);
  }

  private InitReport existing(FormatFile format) {
    log.add("store " + format.storeId() + " is in " + options.dataDirectory() + " already");
    log.add("nothing was changed");
    return report(format.storeId(), false);
  }

  private InitReport create() throws IOException {
    requireOurs(directory.format());
    directory.createDirectory();
    try (StoreLock _ =
        StoreLock.tryAcquire(options.dataDirectory())
            .orElseThrow(() -> StoreLock.held(options.dataDirectory()))) {
      Optional<FormatFile> format = directory.format();
      if (format.isPresent() && format.get().complete()) {
        openOnce(); // checks the key, renews the token
        return existing(format.get());
      }
      return createLocked(format);
    }
  }

  private InitReport createLocked(Optional<FormatFile> begun) throws IOException {
    Disk disk = directory.disk();
    String storeId =
        begun.map(FormatFile::storeId).orElseGet(() -> HexFormat.of().formatHex(random.next(16)));
    FormatFile initialising = format(storeId, false, "none");
    AtomicFiles.write(disk, FormatFile.NAME, initialising.encode());
    RootKey rootKey = RootKeys.create(options, storeId, disk, random);
    log.add("root key: " + RootKeys.source(options, storeId, disk).place());
    try (Catalog catalog = SqliteCatalog.open(directory.catalog(), SqliteOptions.DEFAULT)) {
      catalog.write(
          writer -> {
            writer.setStoreId(storeId);
            return storeId;
          });
    }
    log.add("catalog: " + directory.catalog());
    AtomicFiles.write(disk, FormatFile.NAME, format(storeId, true, rootKey.checkValue()).encode());
    openOnce();
    log.add("namespace 'default' with keys of its own");
    log.add("admin token: file " + options.adminTokenFile(storeId));
    log.add("store " + storeId + " is ready in " + options.dataDirectory());
    return report(storeId, true);
  }

  private void openOnce() {
    try (OpenStore store = OpenStore.open(options, clock, random)) {
      createDefaultNamespace(store);
    }
  }

  private static void createDefaultNamespace(OpenStore store) {
    if (store.engine().namespaces().list(Optional.empty(), 1).isEmpty()) {
      store.engine().namespaces().create(Name.DEFAULT_NAMESPACE, "", Map.of(), Optional.empty());
    }
  }

  private FormatFile format(String storeId, boolean complete, String check) {
    return new FormatFile(
        storeId, clock.instant().truncatedTo(ChronoUnit.SECONDS), complete, check);
  }

  private void requireOurs(Optional<FormatFile> format) throws IOException {
    if (format.isEmpty() && !directory.isEmpty()) {
      throw new AifsException.Precondition(
          Reason.STORE_EXISTS,
          options.dataDirectory() + " is not empty, and what it holds is not a store",
          "name a new or an empty directory");
    }
  }

  private InitReport report(String storeId, boolean created) {
    return new InitReport(
        storeId, created, log, options.rootKeyFile(storeId), options.adminTokenFile(storeId));
  }
}
