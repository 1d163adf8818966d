package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.RandomBytes;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.chunk.ChunkCollector;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.chunk.SealedChunkStore;
import io.aifs.server.engine.ChunkStores;
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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Chunk stores in packs below a data directory, with keys from the local key service. */
final class LocalChunkStores implements ChunkStores {
  private final Disk disk;
  private final Catalog catalog;
  private final LocalKeyService keyService;
  private final DomainKeyring keyring;
  private final PackOptions options;
  private final RandomBytes random;
  private final Clock clock;
  private final ChunkCipher cipher;
  private final ChunkCompressor compressor = new ChunkCompressor();

  /** Guarded by this. */
  private final Map<DomainId, OpenDomain> open = new HashMap<>();

  private record OpenDomain(ChunkStore store, ChunkCollector collector) {}

  LocalChunkStores(
      Disk disk,
      Catalog catalog,
      LocalKeyService keyService,
      DomainKeyring keyring,
      PackOptions options,
      RandomBytes random,
      Clock clock) {
    this.disk = disk;
    this.catalog = catalog;
    this.keyService = keyService;
    this.keyring = keyring;
    this.options = options;
    this.random = random;
    this.clock = clock;
    this.cipher = new ChunkCipher(random);
  }

  @Override
  public Map<String, byte[]> createDomain(DomainId domain) {
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
    return open.computeIfAbsent(domain, this::openDomain).store();
  }

  @Override
  public synchronized ChunkCollector collector(DomainId domain) {
    return open.computeIfAbsent(domain, this::openDomain).collector();
  }

  private OpenDomain openDomain(DomainId domain) {
    try {
      DomainKeys keys = keyring.load(domain);
      List<LivePack> live = catalog.read(reader -> reader.ledger().packs(domain));
      PackStore packs =
          PackStore.open(
              disk,
              domain,
              live,
              new PackHeaderInfo(keys.currentEpoch(), keyService.currentKek(domain.hex())),
              options,
              () -> PackId.fromBytes(random.next(16)),
              clock,
              this::condemned);
      return new OpenDomain(
          new SealedChunkStore(packs, keys, cipher, compressor),
          new ChunkCollector(packs.collector(), keys));
    } catch (IOException e) {
      throw keysFailed(e);
    }
  }

  private int[] condemned(PackId pack) {
    return catalog.read(reader -> reader.collection().condemned(pack)).stream()
        .flatMapToInt(part -> Arrays.stream(part.offsets()))
        .sorted()
        .toArray();
  }

  private static AifsException.Failed keysFailed(IOException cause) {
    return new AifsException.Failed(
        Reason.IO_FAILED, "keys failed: " + cause.getMessage(), "look at the disk", cause);
  }

  /** Ends the open packs, records them, and releases everything. */
  @Override
  public synchronized void close() throws IOException {
    for (OpenDomain domain : open.values()) {
      ChunkStore store = domain.store();
      List<LivePack> packs = store.seal();
      if (!packs.isEmpty()) {
        catalog.write(
            writer -> {
              writer.ledger().commit(packs, List.of());
              return packs.size();
            });
        store.recorded(packs);
      }
      store.close();
    }
    open.clear();
    compressor.close();
  }
}
