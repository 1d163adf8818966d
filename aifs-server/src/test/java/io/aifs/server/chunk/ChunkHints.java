package io.aifs.server.chunk;

import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import io.aifs.server.model.PutTally;
import io.aifs.server.pack.RecordVisitor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells stores of chunks that are put that they are numbers, much like some of the same length that
 * were put before, whether these are still there or not. What it says follows from the chunks
 * alone. Thread-safe.
 */
public final class ChunkHints {
  /** The last ones of each length. */
  private static final int REMEMBERED_MAX = 3;

  private final Map<Integer, List<Digest>> byLength = new HashMap<>();

  /** A store that is told. */
  public ChunkStore over(ChunkStore store) {
    return new Hinted(store);
  }

  private synchronized Chunk hinted(Chunk chunk) {
    byte[] drawn = chunk.digest().toBytes();
    List<Digest> like = byLength.computeIfAbsent(chunk.length(), _ -> new ArrayList<>());
    Optional<Digest> base =
        like.isEmpty() ? Optional.empty() : Optional.of(like.get((drawn[0] & 0xff) % like.size()));
    like.remove(chunk.digest());
    like.add(chunk.digest());
    if (like.size() > REMEMBERED_MAX) {
      like.removeFirst();
    }
    int width = 1 << (drawn[1] & 3);
    return chunk.numbers().isPresent() || drawn[2] > 80
        ? chunk
        : new Chunk(
            chunk.digest(),
            chunk.bytes(),
            chunk.offset(),
            chunk.length(),
            chunk.compressed(),
            Optional.of(new Chunk.Numbers(width, base)));
  }

  private final class Hinted implements ChunkStore {
    private final ChunkStore store;

    Hinted(ChunkStore store) {
      this.store = store;
    }

    @Override
    public PutTally putAll(RecordType type, List<Chunk> chunks) throws IOException {
      return store.putAll(
          type,
          type == RecordType.CHUNK
              ? chunks.stream().map(ChunkHints.this::hinted).toList()
              : chunks);
    }

    @Override
    public Set<Digest> missing(RecordType type, Collection<Digest> digests) throws IOException {
      return store.missing(type, digests);
    }

    @Override
    public Map<Digest, byte[]> getAll(RecordType type, Collection<Digest> digests)
        throws IOException {
      return store.getAll(type, digests);
    }

    @Override
    public List<LivePack> sync() throws IOException {
      return store.sync();
    }

    @Override
    public long losses() {
      return store.losses();
    }

    @Override
    public void recorded(List<LivePack> packs) {
      store.recorded(packs);
    }

    @Override
    public List<LivePack> seal() throws IOException {
      return store.seal();
    }

    @Override
    public void scan(boolean open, RecordVisitor visitor) throws IOException {
      store.scan(open, visitor);
    }

    @Override
    public List<String> orphans() throws IOException {
      return store.orphans();
    }

    @Override
    public void forget(Collection<PackId> packs) throws IOException {
      store.forget(packs);
    }

    @Override
    public long storedBytes() {
      return store.storedBytes();
    }

    @Override
    public void close() throws IOException {
      store.close();
    }
  }
}
