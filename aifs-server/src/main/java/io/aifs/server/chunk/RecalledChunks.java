package io.aifs.server.chunk;

import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.RecordType;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Only those chunks of a domain that are in memory; no call touches the disk. Thread-safe. */
public final class RecalledChunks implements ChunkSource {
  private final DomainId domain;
  private final ChunkCache cache;

  public RecalledChunks(DomainId domain, ChunkCache cache) {
    this.domain = domain;
    this.cache = cache;
  }

  @Override
  public Set<Digest> missing(RecordType type, Collection<Digest> digests) {
    Set<Digest> missing = new HashSet<>(digests);
    missing.removeAll(getAll(type, digests).keySet());
    return missing;
  }

  /** {@inheritDoc} The arrays are shared: they are not to be changed. */
  @Override
  public Map<Digest, byte[]> getAll(RecordType type, Collection<Digest> digests) {
    Map<Digest, byte[]> found = HashMap.newHashMap(digests.size());
    for (Digest digest : digests) {
      cache
          .get(new ChunkCache.Key(domain, type, digest))
          .ifPresent(bytes -> found.put(digest, bytes));
    }
    return found;
  }
}
