package io.aifs.bench;

import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.RecordType;
import io.aifs.server.chunk.Chunk;
import io.aifs.server.chunk.DictionaryPlan;
import io.aifs.server.chunk.RoomGate;
import io.aifs.server.chunk.SealedChunkStore;
import io.aifs.server.file.LocalDisk;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.PackHeaderInfo;
import io.aifs.server.pack.PackOptions;
import io.aifs.server.pack.PackStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Random reads of records whose packs are in the page cache: found, read, and also opened. */
@State(Scope.Thread)
public class PackReadBenchmark {
  private static final int CHUNKS = 4_096;
  private static final int BATCH = 64;

  @Param({"4096", "65536"})
  int bytes;

  private final SplittableRandom random = new SplittableRandom(1);
  private final DomainKeys keys = BenchDomain.KEYS;
  private final ChunkCompressor compressor = new ChunkCompressor();
  private final List<Digest> chunks = new ArrayList<>();
  private final ScratchDirectory directory = ScratchDirectory.create("aifs-pack-read");
  private final PackStore packs;
  private final SealedChunkStore store;

  /** Opens an empty store in a temporary directory. */
  public PackReadBenchmark() {
    try {
      packs =
          PackStore.open(
              new LocalDisk(directory.path()),
              BenchDomain.ID,
              List.of(),
              new PackHeaderInfo(1, "bench"),
              PackOptions.DEFAULT,
              () -> PackId.fromBytes(BenchDomain.RANDOM.next(16)),
              Clock.systemUTC());
      store =
          new SealedChunkStore(
              packs,
              packs.copies(),
              keys,
              new ChunkCipher(BenchDomain.RANDOM),
              compressor,
              DictionaryPlan.DEFAULT,
              RoomGate.OPEN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stores what is read. */
  @Setup
  public void fill() throws IOException {
    for (int i = 0; i < CHUNKS; i++) {
      byte[] content = new byte[bytes];
      random.nextBytes(content);
      Chunk chunk = Chunk.of(content);
      store.putAll(RecordType.CHUNK, List.of(chunk));
      chunks.add(chunk.digest());
    }
    store.recorded(store.seal());
  }

  /** Deletes the store. */
  @TearDown
  public void close() throws IOException {
    store.close();
    compressor.close();
    directory.close();
  }

  /** One record, sealed as it is; its checksum is looked at. */
  @Benchmark
  public Object record() throws IOException {
    return packs.getAll(List.of(keys.storedId(RecordType.CHUNK, anyOf(chunks))));
  }

  /** One chunk, opened and verified. */
  @Benchmark
  public Object chunk() throws IOException {
    return store.getAll(RecordType.CHUNK, List.of(anyOf(chunks)));
  }

  /** The same, many to a call. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Object chunksOfBatch() throws IOException {
    List<Digest> batch = new ArrayList<>(BATCH);
    for (int i = 0; i < BATCH; i++) {
      batch.add(anyOf(chunks));
    }
    return store.getAll(RecordType.CHUNK, batch);
  }

  private Digest anyOf(List<Digest> all) {
    return all.get(random.nextInt(all.size()));
  }
}
