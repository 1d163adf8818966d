package io.aifs.server.engine;

import io.aifs.crypto.DomainId;
import io.aifs.server.chunk.ChunkCollector;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Chunk stores in memory; domains need no keys. */
public final class MemoryChunkStores implements ChunkStores {
  private final Map<DomainId, MemoryChunkStore> stores = new ConcurrentHashMap<>();

  @Override
  public Map<String, byte[]> createDomain(DomainId domain) {
    return Map.of();
  }

  @Override
  public ChunkCollector collector(DomainId domain) {
    throw new UnsupportedOperationException("nothing is collected in memory");
  }

  @Override
  public MemoryChunkStore content(DomainId domain) {
    return of(domain);
  }

  @Override
  public MemoryChunkStore recalled(DomainId domain) {
    return of(domain);
  }

  @Override
  public MemoryChunkStore of(DomainId domain) {
    return stores.computeIfAbsent(domain, _ -> new MemoryChunkStore());
  }
}
