package io.aifs.server.engine.journal;

import static java.util.Objects.requireNonNull;

import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.RecordType;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.TablePage;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.catalog.sqlite.SqliteCatalogLoad;
import io.aifs.server.catalog.sqlite.SqliteOptions;
import io.aifs.server.chunk.DictionaryPlan;
import io.aifs.server.chunk.RecordOpener;
import io.aifs.server.chunk.RoomGate;
import io.aifs.server.chunk.SealedChunkStore;
import io.aifs.server.file.Disk;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.PackHeaderInfo;
import io.aifs.server.pack.PackOptions;
import io.aifs.server.pack.PackSalvage;
import io.aifs.server.pack.PackStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A catalog with its journal over some disk, opened and left as a test likes. */
final class JournalRig {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);

  private static final DomainKeys KEYS =
      DomainKeys.of(JournalDomain.ID, Map.of(1, filled(1)), filled(2));

  final Disk disk;
  final Path file;
  private final Random random;
  private final ChunkCompressor compressor = new ChunkCompressor();

  JournalRig(Disk disk, Path file, Random random) {
    this.disk = disk;
    this.file = file;
    this.random = random;
  }

  private static byte[] filled(int value) {
    byte[] key = new byte[DomainKeys.KEY_BYTES];
    Arrays.fill(key, (byte) value);
    return key;
  }

  /** A running pair; closing only the file is a crash. */
  record Running(SqliteCatalog file, JournalService journal) {
    Catalog catalog() {
      return journal.catalog();
    }

    void close() {
      journal.close();
      file.close();
    }

    /** What was not yet recorded stays unrecorded. */
    void crash() {
      file.close();
    }
  }

  Running open() {
    SqliteCatalog catalog = SqliteCatalog.open(file, SqliteOptions.DEFAULT);
    List<LivePack> live = catalog.read(reader -> reader.ledger().packs(JournalDomain.ID));
    PackStore packs =
        PackStore.open(
            disk,
            JournalDomain.ID,
            live,
            new PackHeaderInfo(1, "test:key"),
            PackOptions.DEFAULT,
            () -> PackId.fromBytes(bytes(16)),
            CLOCK);
    JournalService journal =
        new JournalService(
            catalog,
            new SealedChunkStore(
                packs,
                packs.copies(),
                KEYS,
                new ChunkCipher(RandomBytes.secure()),
                compressor,
                DictionaryPlan.DEFAULT,
                RoomGate.OPEN),
            () -> HexFormat.of().formatHex(bytes(16)),
            CLOCK);
    journal.start();
    return new Running(catalog, journal);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** What a rebuild would find. */
  JournalMap map() throws IOException {
    return JournalMap.of(salvage(), opener());
  }

  private PackSalvage salvage() {
    return new PackSalvage(disk, JournalDomain.ID, RecordType.JOURNAL);
  }

  private RecordOpener opener() {
    return new RecordOpener(KEYS, new ChunkCipher(RandomBytes.secure()), compressor);
  }

  /** A rebuilt catalog and what was said of it. */
  record Rebuilt(RebuildReport report, SqliteCatalog catalog) {}

  Rebuilt rebuild(Path into) throws IOException {
    Target target = new Target(into);
    RebuildReport report = new CatalogRebuilder(salvage(), opener(), CLOCK).run(target);
    return new Rebuilt(report, target.catalog());
  }

  /** As the wiring's. */
  private static final class Target implements CatalogTarget {
    private final Path file;
    private @Nullable SqliteCatalogLoad load;
    private @Nullable SqliteCatalog catalog;

    Target(Path file) {
      this.file = file;
    }

    @Override
    public void begin(int format) {
      load = SqliteCatalogLoad.begin(file, format);
    }

    @Override
    public void add(TablePage page) {
      requireNonNull(load).add(page);
    }

    @Override
    public SqliteCatalog catalog() {
      if (load != null) {
        load.close();
        load = null;
      }
      SqliteCatalog open =
          catalog == null ? SqliteCatalog.open(file, SqliteOptions.DEFAULT) : catalog;
      catalog = open;
      return open;
    }

    @Override
    public List<String> repair(Instant at) {
      return catalog().repair(at);
    }

    @Override
    public void close() {
      catalog().close();
    }
  }
}
