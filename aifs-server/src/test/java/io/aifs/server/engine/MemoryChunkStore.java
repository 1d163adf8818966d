package io.aifs.server.engine;

import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.chunk.Chunk;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import io.aifs.server.model.PutTally;
import io.aifs.server.pack.RecordVisitor;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Chunks in memory, in clear, without packs. Counts what it is asked to do. */
public final class MemoryChunkStore implements ChunkStore {
  private record Key(RecordType type, Digest digest) {}

  private final Map<Key, byte[]> chunks = new ConcurrentHashMap<>();
  private final Map<Digest, Chunk.Numbers> numbers = new ConcurrentHashMap<>();
  private int puts;
  private int syncs;
  private Runnable onNextSync = () -> {};

  /** How often something was stored. */
  int puts() {
    return puts;
  }

  /** What was told last of the numbers in chunks. */
  Map<Digest, Chunk.Numbers> numbers() {
    return Map.copyOf(numbers);
  }

  int syncs() {
    return syncs;
  }

  /** Has {@code action} happen once, when the next sync is over. */
  void onNextSync(Runnable action) {
    onNextSync = action;
  }

  @Override
  public Set<Digest> missing(RecordType type, Collection<Digest> digests) {
    Set<Digest> missing = new HashSet<>(digests);
    missing.removeIf(digest -> chunks.containsKey(new Key(type, digest)));
    return missing;
  }

  @Override
  public Map<Digest, byte[]> getAll(RecordType type, Collection<Digest> digests) {
    Map<Digest, byte[]> found = new HashMap<>();
    for (Digest digest : digests) {
      byte[] bytes = chunks.get(new Key(type, digest));
      if (bytes != null) {
        found.put(digest, bytes);
      }
    }
    return found;
  }

  @Override
  public PutTally putAll(RecordType type, List<Chunk> added) {
    puts++;
    long newChunks = 0;
    long bytes = 0;
    for (Chunk chunk : added) {
      chunk.numbers().ifPresent(known -> numbers.put(chunk.digest(), known));
      byte[] copy =
          Arrays.copyOfRange(chunk.bytes(), chunk.offset(), chunk.offset() + chunk.length());
      if (chunks.putIfAbsent(new Key(type, chunk.digest()), copy) == null) {
        newChunks++;
        bytes += copy.length;
      }
    }
    return new PutTally(added.size(), newChunks, bytes);
  }

  @Override
  public List<LivePack> sync() {
    syncs++;
    Runnable action = onNextSync;
    onNextSync = () -> {};
    action.run();
    return List.of();
  }

  @Override
  public long losses() {
    return 0;
  }

  @Override
  public void recorded(List<LivePack> packs) {}

  @Override
  public List<LivePack> seal() {
    return sync();
  }

  @Override
  public void scan(boolean open, RecordVisitor visitor) {
    throw new UnsupportedOperationException("there are no records in memory");
  }

  @Override
  public List<String> orphans() {
    return List.of();
  }

  @Override
  public void forget(Collection<PackId> packs) {
    throw new UnsupportedOperationException("there are no packs in memory");
  }

  @Override
  public long storedBytes() {
    return chunks.values().stream().mapToLong(chunk -> chunk.length).sum();
  }

  @Override
  public void close() {}
}
