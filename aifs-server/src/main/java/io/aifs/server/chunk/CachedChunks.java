package io.aifs.server.chunk;

import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.RecordType;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Chunks of one domain, of which those that were read lately come from memory. They were verified
 * when they were read, and a digest names the same bytes for ever; but of what the disk holds now
 * this tells nothing, so checks read past it. Thread-safe.
 */
public final class CachedChunks implements ChunkSource {
  private final ChunkSource source;
  private final DomainId domain;
  private final ChunkCache cache;
  private final RecalledChunks recalled;

  /**
   * @param source of this domain
   * @param cache may be shared with other domains
   */
  public CachedChunks(ChunkSource source, DomainId domain, ChunkCache cache) {
    this.source = source;
    this.domain = domain;
    this.cache = cache;
    this.recalled = new RecalledChunks(domain, cache);
  }

  @Override
  public Set<Digest> missing(RecordType type, Collection<Digest> digests) throws IOException {
    return source.missing(type, digests);
  }

  /** {@inheritDoc} The arrays are shared: they are not to be changed. */
  @Override
  public Map<Digest, byte[]> getAll(RecordType type, Collection<Digest> digests)
      throws IOException {
    Map<Digest, byte[]> found = recalled.getAll(type, digests);
    Set<Digest> absent = new LinkedHashSet<>(digests);
    absent.removeAll(found.keySet());
    if (!absent.isEmpty()) {
      Map<Digest, byte[]> read = source.getAll(type, absent);
      read.forEach((digest, bytes) -> cache.put(new ChunkCache.Key(domain, type, digest), bytes));
      found.putAll(read);
    }
    return found;
  }
}
