package io.aifs.server.engine;

import io.aifs.core.manifest.ManifestBuilder;
import io.aifs.core.model.AssetKind;
import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import io.aifs.crypto.RecordType;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.chunk.Chunk;
import io.aifs.server.chunk.ChunkDamagedException;
import io.aifs.server.chunk.ChunkSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;

/** Chunks in memory that counts how often each is read, and of which some are damaged. */
public final class CountedChunks implements ChunkSource {
  private final MemoryChunkStore store = new MemoryChunkStore();
  private final Map<Digest, Integer> reads = new ConcurrentHashMap<>();
  private final Set<Digest> damaged = new HashSet<>();
  private long bytes;

  @Override
  public Set<Digest> missing(RecordType type, Collection<Digest> digests) {
    return store.missing(type, digests);
  }

  @Override
  public synchronized Map<Digest, byte[]> getAll(RecordType type, Collection<Digest> digests)
      throws IOException {
    Map<Digest, byte[]> found = store.getAll(type, digests);
    if (type == RecordType.CHUNK) {
      for (Digest digest : digests) {
        if (damaged.contains(digest)) {
          throw new ChunkDamagedException(digest, "its seal is broken", null);
        }
        reads.merge(digest, 1, Integer::sum);
      }
      found.values().forEach(chunk -> bytes += chunk.length);
    }
    return found;
  }

  /** How often each chunk was read. */
  public Map<Digest, Integer> reads() {
    return reads;
  }

  /** Bytes of all chunks that were read. */
  public long bytes() {
    return bytes;
  }

  public void forgetReads() {
    reads.clear();
    bytes = 0;
  }

  public void damage(Digest chunk) {
    damaged.add(chunk);
  }

  /**
   * Stores content as an asset.
   *
   * @param cuts how long a chunk is that begins at a place
   */
  public ContentReader asset(byte[] content, IntUnaryOperator cuts) {
    try {
      return new ContentReader(row(content, cuts), this, this, Thread::startVirtualThread);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private AssetRow row(byte[] content, IntUnaryOperator cuts) throws IOException {
    ManifestBuilder manifest =
        new ManifestBuilder(
            page ->
                store.putAll(
                    RecordType.MANIFEST_PAGE,
                    List.of(new Chunk(page.digest(), page.bytes(), 0, page.bytes().length))));
    int at = 0;
    while (at < content.length) {
      int length = Math.min(cuts.applyAsInt(at), content.length - at);
      Chunk chunk = new Chunk(Digest.of(content, at, length), content, at, length);
      store.putAll(RecordType.CHUNK, List.of(chunk));
      manifest.add(chunk.digest(), length);
      at += length;
    }
    Hasher hasher = new Hasher();
    hasher.update(content, 0, content.length);
    Digest id = hasher.finish();
    manifest.addChainingValues(hasher.takeGroupChainingValues(true));
    return new AssetRow(
        id,
        AssetKind.BLOB,
        content.length,
        Instant.EPOCH,
        1,
        true,
        false,
        manifest.finish(id),
        Map.of());
  }
}
