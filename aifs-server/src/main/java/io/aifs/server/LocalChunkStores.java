package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.RandomBytes;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.chunk.RoomGate;
import io.aifs.server.chunk.SealedChunkStore;
import io.aifs.server.engine.ChunkStores;
import io.aifs.server.engine.Failures;
import io.aifs.server.file.Disk;
import io.aifs.server.keys.DomainKeyring;
import io.aifs.server.keys.LocalKeyService;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.PackHeaderInfo;
import io.aifs.server.pack.PackOptions;
import io.aifs.server.pack.PackStore;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Chunk stores in packs below a data directory, with keys from the local key service. */
final class LocalChunkStores implements ChunkStores {
  private static final System.Logger LOG = System.getLogger(LocalChunkStores.class.getName());

  private final Disk disk;
  private final Catalog catalog;
  private final LocalKeyService keyService;
  private final DomainKeyring keyring;
  private final RandomBytes random;
  private final RoomGate room;
  private final Clock clock;
  private final ChunkCipher cipher;
  private final ChunkCompressor compressor = new ChunkCompressor();

  /** Guarded by this. */
  private final Map<DomainId, ChunkStore> open = new HashMap<>();

  LocalChunkStores(
      Disk disk,
      Catalog catalog,
      LocalKeyService keyService,
      DomainKeyring keyring,
      RandomBytes random,
      RoomGate room,
      Clock clock) {
    this.disk = disk;
    this.catalog = catalog;
    this.keyService = keyService;
    this.keyring = keyring;
    this.random = random;
    this.room = room;
    this.clock = clock;
    this.cipher = new ChunkCipher(random);
  }

  @Override
  public Map<String, byte[]> createDomain(DomainId domain) {
    room.requireRoom();
    try {
      keyring.create(domain);
      Map<String, byte[]> files = new TreeMap<>(keyring.files(domain));
      files.putAll(keyService.files(domain.hex()));
      return files;
    } catch (IOException e) {
      throw keysFailed(e);
    }
  }

  @Override
  public synchronized ChunkStore of(DomainId domain) {
    return open.computeIfAbsent(domain, this::openStore);
  }

  private ChunkStore openStore(DomainId domain) {
    try {
      DomainKeys keys = keyring.load(domain);
      List<LivePack> live = catalog.read(reader -> reader.ledger().packs(domain));
      PackStore packs =
          PackStore.open(
              disk,
              domain,
              live,
              new PackHeaderInfo(keys.currentEpoch(), keyService.currentKek(domain.hex())),
              PackOptions.DEFAULT,
              () -> PackId.fromBytes(random.next(16)),
              clock);
      return new SealedChunkStore(packs, keys, cipher, compressor, room);
    } catch (IOException e) {
      throw keysFailed(e);
    }
  }

  private static AifsException keysFailed(IOException cause) {
    return Failures.translate("the keys of a namespace could not be used", cause);
  }

  /**
   * Ends the open packs, records them, and releases everything. A disk that fails now costs nothing
   * that was acknowledged: the packs stay without index, which is slower to open.
   */
  @Override
  public synchronized void close() throws IOException {
    for (ChunkStore store : open.values()) {
      try {
        seal(store);
      } catch (IOException | AifsException e) {
        LOG.log(System.Logger.Level.DEBUG, "open packs could not be ended: " + e.getMessage());
      }
      store.close();
    }
    open.clear();
    compressor.close();
  }

  private void seal(ChunkStore store) throws IOException {
    List<LivePack> packs = store.seal();
    if (!packs.isEmpty()) {
      catalog.write(
          writer -> {
            writer.ledger().commit(packs, List.of());
            return packs.size();
          });
      store.recorded(packs);
    }
  }
}
