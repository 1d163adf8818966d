package io.aifs.server.chunk;

import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opened and verified chunks of all domains in memory, in clear, up to a number of bytes. Reading a
 * large asset once pushes out what was read once, not what was read again and again. Thread-safe:
 * split by digest into parts that do not wait for each other.
 */
public final class ChunkCache {
  private static final int PARTS = 8;
  private static final long BYTES_MAX = 64L << 20;

  private final List<ChunkCachePart> parts = new ArrayList<>(PARTS);

  /** Bytes are only found by who names the domain. */
  record Key(DomainId domain, RecordType type, Digest digest) {}

  /**
   * @param bytesMax of chunks, without some 100 bytes for each; 0 keeps none
   */
  public ChunkCache(long bytesMax) {
    if (bytesMax < 0) {
      throw new IllegalArgumentException("bytesMax is negative: " + bytesMax);
    }
    for (int i = 0; i < PARTS; i++) {
      parts.add(new ChunkCachePart(bytesMax / PARTS));
    }
  }

  /** 64 MiB, or an eighth of this process's heap if that is less. */
  public static ChunkCache ofDefaultSize() {
    return new ChunkCache(Math.min(BYTES_MAX, Runtime.getRuntime().maxMemory() / 8));
  }

  /** The bytes, which are not to be changed. */
  Optional<byte[]> get(Key key) {
    return Optional.ofNullable(part(key).get(key));
  }

  /** Keeps bytes for a while; they are not to be changed any more. */
  void put(Key key, byte[] bytes) {
    part(key).put(key, bytes);
  }

  /** How many bytes are kept. */
  public long bytes() {
    return parts.stream().mapToLong(ChunkCachePart::bytes).sum();
  }

  private ChunkCachePart part(Key key) {
    return parts.get(Math.floorMod(key.digest().hashCode(), PARTS));
  }
}
