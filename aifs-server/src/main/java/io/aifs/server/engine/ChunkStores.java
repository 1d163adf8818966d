package io.aifs.server.engine;

import io.aifs.crypto.DomainId;
import io.aifs.server.chunk.ChunkCollector;
import io.aifs.server.chunk.ChunkSource;
import io.aifs.server.chunk.ChunkStore;
import java.util.Map;

/** The chunk store of each domain, opened on first use. Thread-safe. */
public interface ChunkStores {
  /** Makes the keys of a new domain; returns the wrapped key files, for the catalog's copy. */
  Map<String, byte[]> createDomain(DomainId domain);

  ChunkStore of(DomainId domain);

  /**
   * The same chunks for who wants their bytes and not to know what the disk holds: some come from
   * memory, where they are since they were last read. The arrays are not to be changed.
   */
  ChunkSource content(DomainId domain);

  /** Only those of them that are in memory now. The arrays are not to be changed. */
  ChunkSource recalled(DomainId domain);

  /** What finds and removes the chunks of a domain that nothing needs. */
  ChunkCollector collector(DomainId domain);
}
