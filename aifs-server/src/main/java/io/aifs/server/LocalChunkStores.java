package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.DomainKeys;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.chunk.SealedChunkStore;
import io.aifs.server.engine.ChunkStores;
import io.aifs.server.engine.journal.JournalDomain;
import io.aifs.server.keys.DomainKeyring;
import io.aifs.server.keys.LocalKeyService;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.PackHeaderInfo;
import io.aifs.server.pack.PackStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Chunk stores in packs below a data directory, with keys from the local key service. */
final class LocalChunkStores implements ChunkStores {
  private final StoreBase base;
  private final LocalKeyService keyService;
  private final DomainKeyring keyring;
  private final ChunkCipher cipher;
  private final ChunkCompressor compressor = new ChunkCompressor();

  /** Guarded by this. */
  private final Map<DomainId, ChunkStore> open = new HashMap<>();

  LocalChunkStores(StoreBase base, LocalKeyService keyService, DomainKeyring keyring) {
    this.base = base;
    this.keyService = keyService;
    this.keyring = keyring;
    this.cipher = new ChunkCipher(base.random());
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
      List<LivePack> live = base.catalog().read(reader -> reader.ledger().packs(domain));
      PackStore packs =
          PackStore.open(
              base.disk(),
              domain,
              live,
              new PackHeaderInfo(keys.currentEpoch(), keyService.currentKek(domain.hex())),
              base.tuning().packs(),
              () -> PackId.fromBytes(base.random().next(16)),
              base.clock());
      return new SealedChunkStore(packs, keys, cipher, compressor);
    } catch (IOException e) {
      throw keysFailed(e);
    }
  }

  private static AifsException.Failed keysFailed(IOException cause) {
    return new AifsException.Failed(
        Reason.IO_FAILED, "keys failed: " + cause.getMessage(), "look at the disk", cause);
  }

  /**
   * Ends the open packs, records them, and releases everything but the journal's store, which needs
   * to come last.
   *
   * @param journaled the catalog with its journal, where packs are recorded
   */
  synchronized void close(Catalog journaled) throws IOException {
    open.remove(JournalDomain.ID);
    for (ChunkStore store : open.values()) {
      List<LivePack> packs = store.seal();
      if (!packs.isEmpty()) {
        journaled.write(
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
