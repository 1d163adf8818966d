package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.DomainKeys;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.chunk.CachedChunks;
import io.aifs.server.chunk.ChunkCache;
import io.aifs.server.chunk.ChunkCollector;
import io.aifs.server.chunk.ChunkSource;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.chunk.RecalledChunks;
import io.aifs.server.chunk.RoomGate;
import io.aifs.server.chunk.SealedChunkStore;
import io.aifs.server.engine.ChunkStores;
import io.aifs.server.engine.DamageLog;
import io.aifs.server.engine.Failures;
import io.aifs.server.engine.journal.JournalDomain;
import io.aifs.server.keys.DomainKeyring;
import io.aifs.server.keys.LocalKeyService;
import io.aifs.server.model.DamagedRecord;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.KnownDamage;
import io.aifs.server.pack.Pace;
import io.aifs.server.pack.PackHeaderInfo;
import io.aifs.server.pack.PackStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Chunk stores in packs below a data directory, with keys from the local key service. */
final class LocalChunkStores implements ChunkStores {
  private static final System.Logger LOG = System.getLogger(LocalChunkStores.class.getName());

  private final StoreBase base;
  private final DamageLog damageLog;
  private final LocalKeyService keyService;
  private final DomainKeyring keyring;
  private final Pace pace;
  private final ChunkCipher cipher;
  private final ChunkCompressor compressor = new ChunkCompressor();
  private final ChunkCache cache = ChunkCache.ofDefaultSize();

  /** Guarded by this. */
  private final Map<DomainId, OpenDomain> open = new HashMap<>();

  private record OpenDomain(
      ChunkStore store, ChunkSource content, ChunkSource recalled, ChunkCollector collector) {}

  /**
   * @param pace of collecting
   */
  LocalChunkStores(
      StoreBase base,
      DamageLog damageLog,
      LocalKeyService keyService,
      DomainKeyring keyring,
      Pace pace) {
    this.base = base;
    this.damageLog = damageLog;
    this.keyService = keyService;
    this.keyring = keyring;
    this.pace = pace;
    this.cipher = new ChunkCipher(base.random());
  }

  @Override
  public Map<String, byte[]> createDomain(DomainId domain) {
    roomOf(domain).requireRoom();
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
  public synchronized ChunkSource content(DomainId domain) {
    return open.computeIfAbsent(domain, this::openDomain).content();
  }

  @Override
  public synchronized ChunkSource recalled(DomainId domain) {
    return open.computeIfAbsent(domain, this::openDomain).recalled();
  }

  @Override
  public synchronized ChunkCollector collector(DomainId domain) {
    return open.computeIfAbsent(domain, this::openDomain).collector();
  }

  private OpenDomain openDomain(DomainId domain) {
    try {
      DomainKeys keys = keyring.load(domain);
      List<LivePack> live = base.catalog().readAside(reader -> reader.ledger().packs(domain));
      PackStore packs =
          PackStore.open(
              base.disk(),
              domain,
              live,
              new PackHeaderInfo(keys.currentEpoch(), keyService.currentKek(domain.hex())),
              base.tuning().packs(),
              new KnownDamage(knownDamage(live), damageLog),
              this::condemned,
              pace,
              () -> PackId.fromBytes(base.random().next(16)),
              base.clock());
      SealedChunkStore sealed =
          new SealedChunkStore(
              packs,
              packs.copies(),
              keys,
              cipher,
              compressor,
              base.tuning().dictionaries(),
              roomOf(domain));
      ChunkStore store = base.tuning().chunkStores().apply(sealed);
      return new OpenDomain(
          store,
          new CachedChunks(store, domain, cache),
          new RecalledChunks(domain, cache),
          new ChunkCollector(packs.collector(), keys));
    } catch (IOException e) {
      throw keysFailed(e);
    }
  }

  /** The unwrapped keys of a domain, for what is sealed under them besides chunks. */
  DomainKeys keysOf(DomainId domain) throws IOException {
    return keyring.load(domain);
  }

  /** The journal goes on when the disk is almost full, so that what frees space is in it. */
  private RoomGate roomOf(DomainId domain) {
    return domain.equals(JournalDomain.ID) ? RoomGate.OPEN : base.space()::requireRoom;
  }

  private List<DamagedRecord> knownDamage(List<LivePack> live) {
    Set<PackId> ids = live.stream().map(LivePack::id).collect(Collectors.toSet());
    return base.catalog()
        .readAside(
            reader ->
                reader.damage().packs().stream()
                    .filter(pack -> ids.contains(pack.pack()))
                    .flatMap(pack -> reader.damage().of(pack.pack()).stream())
                    .toList());
  }

  private int[] condemned(PackId pack) {
    return base.catalog().readAside(reader -> reader.collection().condemned(pack)).stream()
        .flatMapToInt(part -> Arrays.stream(part.offsets()))
        .sorted()
        .toArray();
  }

  private static AifsException keysFailed(IOException cause) {
    return Failures.translate("the keys of a namespace could not be used", cause);
  }

  /**
   * Ends the open packs, records them, and releases everything but the journal's store, which needs
   * to come last. A disk that fails now costs nothing that was acknowledged: the packs stay without
   * index, which is slower to open.
   *
   * @param journaled the catalog with its journal, where packs are recorded
   */
  synchronized void close(Catalog journaled) throws IOException {
    open.remove(JournalDomain.ID);
    for (OpenDomain domain : open.values()) {
      ChunkStore store = domain.store();
      try {
        seal(store, journaled);
      } catch (IOException | AifsException e) {
        LOG.log(System.Logger.Level.DEBUG, "open packs could not be ended: " + e.getMessage());
      }
      store.close();
    }
    damageLog.flush();
    open.clear();
  }

  /** Releases what the journal's store needed to the last. */
  void release() {
    compressor.close();
  }

  private static void seal(ChunkStore store, Catalog journaled) throws IOException {
    List<LivePack> packs = store.seal();
    if (!packs.isEmpty()) {
      journaled.write(
          writer -> {
            writer.ledger().commit(packs, List.of());
            return packs.size();
          });
      store.recorded(packs);
    }
  }
}
