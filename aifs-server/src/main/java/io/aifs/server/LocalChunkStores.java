package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.RandomBytes;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.chunk.SealedChunkStore;
import io.aifs.server.engine.ChunkStores;
import io.aifs.server.engine.DamageLog;
import io.aifs.server.file.Disk;
import io.aifs.server.keys.DomainKeyring;
import io.aifs.server.keys.LocalKeyService;
import io.aifs.server.model.DamagedRecord;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.KnownDamage;
import io.aifs.server.pack.PackHeaderInfo;
import io.aifs.server.pack.PackOptions;
import io.aifs.server.pack.PackStore;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Chunk stores in packs below a data directory, with keys from the local key service. */
final class LocalChunkStores implements ChunkStores {
  private final Disk disk;
  private final Catalog catalog;
  private final DamageLog damageLog;
  private final LocalKeyService keyService;
  private final DomainKeyring keyring;
  private final RandomBytes random;
  private final Clock clock;
  private final ChunkCipher cipher;
  private final ChunkCompressor compressor = new ChunkCompressor();

  /** Guarded by this. */
  private final Map<DomainId, ChunkStore> open = new HashMap<>();

  LocalChunkStores(
      Disk disk,
      Catalog catalog,
      DamageLog damageLog,
      LocalKeyService keyService,
      DomainKeyring keyring,
      RandomBytes random,
      Clock clock) {
    this.disk = disk;
    this.catalog = catalog;
    this.damageLog = damageLog;
    this.keyService = keyService;
    this.keyring = keyring;
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
              new KnownDamage(knownDamage(live), damageLog),
              () -> PackId.fromBytes(random.next(16)),
              clock);
      return new SealedChunkStore(packs, packs.copies(), keys, cipher, compressor);
    } catch (IOException e) {
      throw keysFailed(e);
    }
  }

  private List<DamagedRecord> knownDamage(List<LivePack> live) {
    Set<PackId> ids = live.stream().map(LivePack::id).collect(Collectors.toSet());
    return catalog.read(
        reader ->
            reader.damage().packs().stream()
                .filter(pack -> ids.contains(pack.pack()))
                .flatMap(pack -> reader.damage().of(pack.pack()).stream())
                .toList());
  }

  private static AifsException.Failed keysFailed(IOException cause) {
    return new AifsException.Failed(
        Reason.IO_FAILED, "keys failed: " + cause.getMessage(), "look at the disk", cause);
  }

  /** Ends the open packs, records them, and releases everything. */
  @Override
  public synchronized void close() throws IOException {
    for (ChunkStore store : open.values()) {
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
    damageLog.flush();
    open.clear();
    compressor.close();
  }
}
