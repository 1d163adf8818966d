package io.aifs.server;

import static java.util.Objects.requireNonNull;

import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.Name;
import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.RecordType;
import io.aifs.crypto.RootKey;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.chunk.ChunkHints;
import io.aifs.server.chunk.DictionaryPlan;
import io.aifs.server.chunk.RecordOpener;
import io.aifs.server.engine.journal.CatalogRebuilder;
import io.aifs.server.engine.journal.JournalDomain;
import io.aifs.server.engine.journal.RebuildReport;
import io.aifs.server.engine.open.Engine;
import io.aifs.server.engine.payload.PayloadCheck;
import io.aifs.server.engine.tree.TreeNodes;
import io.aifs.server.file.Disk;
import io.aifs.server.keys.DomainKeyring;
import io.aifs.server.keys.LocalKeyService;
import io.aifs.server.keys.RootKeyFile;
import io.aifs.server.pack.PackOptions;
import io.aifs.server.pack.PackSalvage;
import io.aifs.server.store.FormatFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A store over any disk and catalog, with tiny packs, chunks and batches and without threads of its
 * own, for the crash simulation.
 */
public final class SimulatedStore implements AutoCloseable {
  private static final int FOLD_ROWS = 12;

  private static StoreTuning tiny() {
    return new StoreTuning(
        new PackOptions(5 << 10, 2),
        new ChunkerParameters(64, 128, 512),
        1 << 10,
        DictionaryPlan.DEFAULT,
        FOLD_ROWS,
        new ChunkHints()::over);
  }

  private final OpenStore store;

  private SimulatedStore(OpenStore store) {
    this.store = store;
  }

  /** What tells one store from others, and where its keys and tokens outside it are. */
  public record Identity(StoreOptions options, FormatFile format) {
    /** Makes a root key in {@code directory}. */
    public static Identity create(Path directory, RandomBytes random, Clock clock)
        throws IOException {
      Path keyFile = directory.resolve("root.key");
      RootKey rootKey = new RootKeyFile(keyFile).generate(random);
      StoreOptions options =
          new StoreOptions(
              directory.resolve("data"),
              Name.DEFAULT_NAMESPACE,
              directory.resolve("config"),
              directory.resolve("state"),
              new RootKeySettings.KeyFile(Optional.of(keyFile)),
              Optional.empty());
      String storeId = "5e".repeat(16);
      FormatFile format = new FormatFile(storeId, clock.instant(), true, rootKey.checkValue());
      Files.createDirectories(options.dataDirectory()); // a check looks at FORMAT there
      Files.write(options.dataDirectory().resolve(FormatFile.NAME), format.encode());
      return new Identity(options, format);
    }

    public String storeId() {
      return format.storeId();
    }
  }

  /**
   * Opens the store; closes {@code catalog} with it, or at once if that fails.
   *
   * @param trees what the catalog was opened with
   */
  public static SimulatedStore open(
      Identity identity,
      Disk disk,
      Catalog catalog,
      TreeNodes trees,
      Clock clock,
      RandomBytes random) {
    return new SimulatedStore(
        OpenStore.over(
            identity.options(),
            identity.format(),
            new StoreBase(
                disk,
                catalog,
                trees,
                new CallersThread(),
                space(identity, disk, random),
                PayloadCheck.OF_SCHEMAS,
                JobSettings.DEFAULT,
                clock,
                random,
                tiny())));
  }

  /** Whose free space is looked at: that of a real directory, as the simulated disk has no end. */
  private static Path existing(Identity identity) {
    return requireNonNull(identity.options().dataDirectory().getParent());
  }

  private static StoreSpace space(Identity identity, Disk disk, RandomBytes random) {
    try {
      return new StoreSpace(existing(identity).toFile(), disk, random);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes the catalog anew, in a file that is not there, from what lies on {@code disk}.
   *
   * @throws IllegalStateException if anything of it is lost
   */
  public static void rebuild(
      Identity identity, Disk disk, Path catalogFile, Clock clock, RandomBytes random)
      throws IOException {
    RootKey rootKey =
        RootKeys.source(identity.options(), identity.storeId(), disk)
            .load(identity.format().rootKeyCheck());
    DomainKeyring keyring =
        new DomainKeyring(disk, new LocalKeyService(disk, rootKey, random), random);
    DomainKeys keys = keyring.load(JournalDomain.ID);
    try (ChunkCompressor compressor = new ChunkCompressor();
        SqliteTarget target = new SqliteTarget(catalogFile)) {
      RebuildReport report =
          new CatalogRebuilder(
                  new PackSalvage(disk, JournalDomain.ID, RecordType.JOURNAL),
                  new RecordOpener(keys, new ChunkCipher(random), compressor),
                  clock)
              .run(target);
      if (!report.complete()) {
        throw new IllegalStateException("the rebuilt catalog is not whole: " + report);
      }
    }
  }

  public Engine engine() {
    return store.engine();
  }

  @Override
  public void close() {
    store.close();
  }

  /** Runs everything at once, where it is called. */
  private static final class CallersThread extends AbstractExecutorService {
    private volatile boolean ended;

    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public void shutdown() {
      ended = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      ended = true;
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return ended;
    }

    @Override
    public boolean isTerminated() {
      return ended;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return ended;
    }
  }
}
