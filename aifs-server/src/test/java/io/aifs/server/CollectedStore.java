package io.aifs.server;

import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.RootKey;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.catalog.sqlite.SqliteOptions;
import io.aifs.server.chunk.ChunkHints;
import io.aifs.server.chunk.DictionaryPlan;
import io.aifs.server.engine.AssetRules;
import io.aifs.server.engine.AssetService;
import io.aifs.server.engine.CheckListener;
import io.aifs.server.engine.CheckOptions;
import io.aifs.server.engine.CheckService;
import io.aifs.server.engine.CheckTally;
import io.aifs.server.engine.CollectionService;
import io.aifs.server.engine.ContentReader;
import io.aifs.server.engine.DamageLog;
import io.aifs.server.engine.DeleteService;
import io.aifs.server.engine.FilesService;
import io.aifs.server.engine.Finding;
import io.aifs.server.engine.Folder;
import io.aifs.server.engine.Pins;
import io.aifs.server.engine.RecentAssets;
import io.aifs.server.engine.ReviveService;
import io.aifs.server.engine.embedding.EmbeddingService;
import io.aifs.server.engine.journal.JournalDomain;
import io.aifs.server.engine.payload.PayloadCheck;
import io.aifs.server.engine.payload.PayloadInspector;
import io.aifs.server.engine.tree.TreeNodes;
import io.aifs.server.file.Disk;
import io.aifs.server.keys.DomainKeyring;
import io.aifs.server.keys.LocalKeyService;
import io.aifs.server.pack.OrphanPacks;
import io.aifs.server.pack.Pace;
import io.aifs.server.pack.PackOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;

/** The engine over a given disk, with small packs and chunks, that can be dropped and reopened. */
final class CollectedStore {
  static final DomainId DOMAIN = DomainId.parse("c0".repeat(16));

  /** Small chunks of so many bytes bring a dictionary, if they have much in common. */
  static final long DICTIONARY_AFTER_BYTES = 300_000;

  private static final ChunkerParameters CHUNKER = new ChunkerParameters(256, 512, 2_048);

  final Catalog catalog;
  final LocalChunkStores chunkStores;
  final Pins pins = new Pins();
  final Folder folder;
  final AssetService assets;
  final FilesService files;
  final EmbeddingService embeddings;
  final DeleteService deletes;
  final CollectionService collections;
  final ReviveService revivals;
  final CheckService checks;

  private CollectedStore(
      Catalog catalog,
      LocalChunkStores chunkStores,
      TreeNodes trees,
      DamageLog damageLog,
      Disk disk,
      Clock clock,
      boolean heedsPins) {
    this.catalog = catalog;
    this.chunkStores = chunkStores;
    this.folder = new Folder(catalog, chunkStores, trees, pins, Runnable::run, Folder.ROWS_MAX);
    PayloadInspector payloads = new PayloadInspector(PayloadCheck.OF_SCHEMAS);
    this.assets =
        new AssetService(
            catalog,
            chunkStores,
            RecentAssets.none(),
            pins,
            folder,
            AssetRules.NONE,
            payloads,
            Runnable::run,
            clock,
            AssetService.UPLOAD_BATCH_BYTES);
    this.files =
        new FilesService(catalog, chunkStores, pins, folder, AssetRules.NONE, payloads, clock);
    this.embeddings = new EmbeddingService(catalog, chunkStores, pins, AssetRules.NONE, clock);
    this.deletes = new DeleteService(catalog, trees, folder, clock);
    this.collections =
        new CollectionService(
            catalog,
            chunkStores,
            heedsPins ? pins : new Pins(),
            new OrphanPacks(disk),
            () -> true,
            clock);
    this.revivals = new ReviveService(catalog, chunkStores, collections, AssetRules.NONE, clock);
    this.checks =
        new CheckService(catalog, chunkStores, (_, _) -> {}, assets, damageLog, clock, () -> 1);
  }

  static CollectedStore open(
      Path directory, Disk disk, int packBytesMax, Random random, Clock clock) throws IOException {
    return open(directory, disk, packBytesMax, random, clock, new ChunkHints(), true);
  }

  /**
   * Opens the store, makes it if there is none.
   *
   * @param hints what puts are told of chunks
   * @param heedsPins false is a bug: uploads pin what collection does not look at
   */
  static CollectedStore open(
      Path directory,
      Disk disk,
      int packBytesMax,
      Random random,
      Clock clock,
      ChunkHints hints,
      boolean heedsPins)
      throws IOException {
    RandomBytes bytes = seeded(random);
    RootKey rootKey = RootKey.fromBytes(new byte[32]);
    LocalKeyService keyService = new LocalKeyService(disk, rootKey, bytes);
    TreeNodes trees = new TreeNodes();
    Catalog catalog =
        SqliteCatalog.open(directory.resolve("catalog.db"), SqliteOptions.DEFAULT, trees);
    StoreBase base =
        new StoreBase(
            disk,
            catalog,
            trees,
            Executors.newVirtualThreadPerTaskExecutor(),
            new StoreSpace(directory.toFile(), disk, bytes),
            PayloadCheck.OF_SCHEMAS,
            JobSettings.DEFAULT,
            clock,
            bytes,
            new StoreTuning(
                new PackOptions(packBytesMax, 4),
                CHUNKER,
                AssetService.UPLOAD_BATCH_BYTES,
                new DictionaryPlan(DICTIONARY_AFTER_BYTES),
                Folder.ROWS_MAX,
                hints::over));
    DamageLog damageLog = new DamageLog(catalog, base.workers(), clock);
    LocalChunkStores chunkStores =
        new LocalChunkStores(
            base, damageLog, keyService, new DomainKeyring(disk, keyService, bytes), Pace.FULL);
    trees.attach(chunkStores::of);
    chunkStores.createDomain(JournalDomain.ID); // a check looks at it too
    return new CollectedStore(catalog, chunkStores, trees, damageLog, disk, clock, heedsPins);
  }

  private static RandomBytes seeded(Random random) {
    return random::nextBytes;
  }

  /** Makes a namespace; all share one domain. */
  NamespaceRow createNamespace(String name) {
    if (catalog.read(reader -> reader.namespaces().list(Optional.empty(), 1)).isEmpty()) {
      chunkStores.createDomain(DOMAIN);
    }
    return catalog.write(
        writer ->
            writer
                .namespaces()
                .create(
                    new NamespaceRow(
                        0, new Name(name), "", Instant.EPOCH, Map.of(), DOMAIN, CHUNKER)));
  }

  byte[] read(NamespaceRow namespace, Digest id) {
    ContentReader reader = assets.open(namespace, id);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      reader.read(0, reader.info().size(), out::write);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  /** What a check finds wrong. */
  List<Finding> damage() {
    List<Finding> findings = new ArrayList<>();
    checks.fsck(
        new CheckOptions(false, false),
        new CheckListener() {
          @Override
          public void finding(Finding finding) {
            if (finding.severity() != Finding.Severity.INFO) {
              findings.add(finding);
            }
          }

          @Override
          public void progress(CheckTally soFar) {}
        });
    return findings;
  }

  /** Breaks an asset's chunk list. */
  void damageChunkList(NamespaceRow namespace, Digest id) {
    AssetRow row =
        catalog.read(reader -> reader.assets().find(namespace.number(), id)).orElseThrow();
    AssetRow damaged =
        new AssetRow(
            id,
            row.kind(),
            row.size(),
            row.createdAt(),
            row.bornAt(),
            row.unnamed(),
            row.named(),
            new byte[] {1, 2, 3},
            row.metadata());
    boolean done =
        catalog.write(
            writer -> {
              writer.assets().putAll(namespace.number(), List.of(damaged));
              return true;
            });
    if (!done) {
      throw new AssertionError();
    }
  }

  /** Ends as a crash does: what is not synced and recorded does not count. */
  void drop() throws IOException {
    chunkStores.of(DOMAIN).close();
    catalog.close();
  }

  void close() throws IOException {
    chunkStores.of(JournalDomain.ID).close();
    chunkStores.close(catalog);
    chunkStores.release();
    catalog.close();
  }
}
