package io.aifs.bench;

import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.RandomBytes;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.catalog.sqlite.SqliteOptions;
import io.aifs.server.chunk.DictionaryPlan;
import io.aifs.server.chunk.RoomGate;
import io.aifs.server.chunk.SealedChunkStore;
import io.aifs.server.engine.journal.JournalDomain;
import io.aifs.server.engine.journal.JournalService;
import io.aifs.server.file.LocalDisk;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.PackHeaderInfo;
import io.aifs.server.pack.PackOptions;
import io.aifs.server.pack.PackStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A catalog file with its journal beside it, as a store opens them. */
final class JournaledFile implements AutoCloseable {
  private static final RandomBytes RANDOM = RandomBytes.secure();
  private static final byte[] KEY = RANDOM.next(DomainKeys.KEY_BYTES);

  private final SqliteCatalog file;
  private final JournalService journal;

  private JournaledFile(SqliteCatalog file, JournalService journal) {
    this.file = file;
    this.journal = journal;
  }

  static JournaledFile open(Path directory) throws IOException {
    SqliteCatalog file = SqliteCatalog.open(directory.resolve("catalog.db"), SqliteOptions.DEFAULT);
    List<LivePack> live = file.read(reader -> reader.ledger().packs(JournalDomain.ID));
    PackStore packs =
        PackStore.open(
            new LocalDisk(directory),
            JournalDomain.ID,
            live,
            new PackHeaderInfo(1, "bench"),
            PackOptions.DEFAULT,
            () -> PackId.fromBytes(RANDOM.next(16)),
            Clock.systemUTC());
    JournalService journal =
        new JournalService(
            file,
            new SealedChunkStore(
                packs,
                packs.copies(),
                DomainKeys.of(JournalDomain.ID, Map.of(1, KEY), KEY),
                new ChunkCipher(RANDOM),
                new ChunkCompressor(),
                DictionaryPlan.DEFAULT,
                RoomGate.OPEN),
            () -> HexFormat.of().formatHex(RANDOM.next(16)),
            Clock.systemUTC());
    journal.start();
    return new JournaledFile(file, journal);
  }

  Catalog catalog() {
    return journal.catalog();
  }

  @Override
  public void close() {
    journal.close();
    file.close();
  }
}
