package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.RecordType;
import io.aifs.crypto.RootKey;
import io.aifs.server.chunk.RecordOpener;
import io.aifs.server.engine.journal.CatalogRebuilder;
import io.aifs.server.engine.journal.JournalDomain;
import io.aifs.server.engine.journal.RebuildReport;
import io.aifs.server.file.Disk;
import io.aifs.server.keys.DomainKeyring;
import io.aifs.server.keys.LocalKeyService;
import io.aifs.server.pack.PackSalvage;
import io.aifs.server.store.DataDirectory;
import io.aifs.server.store.FormatFile;
import io.aifs.server.store.StoreLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Makes the catalog of a store anew from {@code packs/} and {@code keys/}. */
public final class CatalogRebuild {
  private final StoreOptions options;
  private final DataDirectory directory;
  private final Clock clock;
  private final RandomBytes random;

  private CatalogRebuild(StoreOptions options, Clock clock, RandomBytes random) {
    this.options = options;
    this.directory = new DataDirectory(options.dataDirectory());
    this.clock = clock;
    this.random = random;
  }

  /**
   * What happened.
   *
   * @param checkpoint sequence of the checkpoint it began with; 0 if there was none
   * @param transactions how many were applied after it
   * @param damage what of the journal's packs could not be read; not all of it cost something
   * @param losses what is missing for good
   * @param repairs what was changed so that the rest is consistent
   * @param problems what is still wrong with the new catalog
   * @param aside the files of the catalog that was there, under their new names
   */
  public record Outcome(
      long checkpoint,
      long transactions,
      List<String> damage,
      List<String> losses,
      List<String> repairs,
      List<String> problems,
      List<Path> aside) {
    private static Outcome of(RebuildReport report, List<Path> aside) {
      return new Outcome(
          report.checkpoint(),
          report.transactions(),
          report.damage(),
          report.losses(),
          report.repairs(),
          report.problems(),
          List.copyOf(aside));
    }
  }

  /**
   * Rebuilds and puts the result in place. Until that last step nothing of the store changes, and
   * it can be run again whenever it was stopped.
   *
   * @throws AifsException.Unavailable if another process holds the directory
   * @throws AifsException.Denied if the root key is missing or wrong
   * @throws AifsException.Corrupt if the keys of the journal are lost, or there is no journal
   */
  public static Outcome run(StoreOptions options) {
    return run(options, Wiring.clock(), Wiring.randomBytes());
  }

  static Outcome run(StoreOptions options, Clock clock, RandomBytes random) {
    CatalogRebuild rebuild = new CatalogRebuild(options, clock, random);
    try {
      FormatFile format = rebuild.directory.requireFormat();
      try (StoreLock _ =
          StoreLock.tryAcquire(options.dataDirectory())
              .orElseThrow(() -> held(options.dataDirectory()))) {
        return rebuild.locked(format);
      }
    } catch (IOException e) {
      throw RootKeys.failed("rebuilding the catalog in " + options.dataDirectory() + " failed", e);
    }
  }

  private static AifsException.Unavailable held(Path data) {
    return new AifsException.Unavailable(
        Reason.STORE_LOCKED,
        "data directory " + data + " is in use, so its catalog cannot be replaced",
        "end the server or command that holds it, then try again",
        null);
  }

  private Outcome locked(FormatFile format) throws IOException {
    Disk disk = directory.disk();
    RootKey rootKey = RootKeys.source(options, format.storeId(), disk).load(format.rootKeyCheck());
    DomainKeyring keyring =
        new DomainKeyring(disk, new LocalKeyService(disk, rootKey, random), random);
    DomainKeys keys = keyring.load(JournalDomain.ID);
    CatalogSwap swap = new CatalogSwap(directory);
    swap.clear();
    RebuildReport report;
    try (ChunkCompressor compressor = new ChunkCompressor();
        SqliteTarget target = new SqliteTarget(swap.building())) {
      report =
          new CatalogRebuilder(
                  new PackSalvage(disk, JournalDomain.ID, RecordType.JOURNAL),
                  new RecordOpener(keys, new ChunkCipher(random), compressor),
                  clock)
              .run(target);
      requireSameStore(target, format);
    }
    return Outcome.of(report, swap.swap(clock.instant()));
  }

  private static void requireSameStore(SqliteTarget target, FormatFile format) {
    String found = target.catalog().read(reader -> reader.storeId()).orElse("none");
    if (!found.equals(format.storeId())) {
      throw new AifsException.Corrupt(
          Reason.CATALOG_DAMAGED,
          "the journal in packs/ belongs to store " + found + ", FORMAT to " + format.storeId(),
          "put back the packs and keys that belong to this data directory; nothing was changed");
    }
  }
}
