package io.aifs.server.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.RecordType;
import io.aifs.crypto.testing.SeededTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class ChunkCacheTest {
  private static final DomainId DOMAIN = DomainId.parse("00112233445566778899aabbccddeeff");
  private static final DomainId OTHER = DomainId.parse("ff112233445566778899aabbccddee00");
  private static final int CHUNK_BYTES = 1_000;

  /** A source of chunks that notes what it is asked for. */
  private static final class Source implements ChunkSource {
    private final Map<Digest, byte[]> chunks = new HashMap<>();
    private final ConcurrentLinkedQueue<Digest> reads = new ConcurrentLinkedQueue<>();

    Digest put(int number) {
      byte[] bytes = new byte[CHUNK_BYTES];
      Arrays.fill(bytes, (byte) number);
      bytes[0] = (byte) (number >> 8);
      Digest digest = Digest.of(bytes);
      chunks.put(digest, bytes);
      return digest;
    }

    @Override
    public Set<Digest> missing(RecordType type, Collection<Digest> digests) {
      return Set.of();
    }

    @Override
    public Map<Digest, byte[]> getAll(RecordType type, Collection<Digest> digests) {
      Map<Digest, byte[]> found = new HashMap<>();
      for (Digest digest : digests) {
        reads.add(digest);
        byte[] bytes = chunks.get(digest);
        if (bytes != null) {
          found.put(digest, bytes);
        }
      }
      return found;
    }
  }

  private final Source source = new Source();

  private static byte[] read(ChunkSource chunks, Digest digest) throws IOException {
    Map<Digest, byte[]> found = chunks.getAll(RecordType.CHUNK, List.of(digest));
    return found.getOrDefault(digest, new byte[0]);
  }

  @Test
  void whatWasReadIsServedFromMemory() throws IOException {
    CachedChunks chunks = new CachedChunks(source, DOMAIN, new ChunkCache(1 << 20));
    Digest first = source.put(1);
    Digest second = source.put(2);
    assertThat(read(chunks, first)).isEqualTo(source.chunks.get(first));
    assertThat(chunks.getAll(RecordType.CHUNK, List.of(first, second)))
        .containsOnlyKeys(first, second)
        .containsEntry(first, source.chunks.get(first));
    assertThat(read(chunks, second)).hasSize(CHUNK_BYTES);
    assertThat(source.reads).containsExactly(first, second);
  }

  @Test
  void whatIsAbsentIsAskedForAgain() throws IOException {
    CachedChunks chunks = new CachedChunks(source, DOMAIN, new ChunkCache(1 << 20));
    Digest absent = Digest.of(new byte[] {1});
    assertThat(read(chunks, absent)).isEmpty();
    assertThat(read(chunks, absent)).isEmpty();
    assertThat(source.reads).containsExactly(absent, absent);
  }

  @Test
  void domainsAndTypesSeeNothingOfEachOther() throws IOException {
    ChunkCache cache = new ChunkCache(1 << 20);
    Digest digest = source.put(1);
    assertThat(read(new CachedChunks(source, DOMAIN, cache), digest)).hasSize(CHUNK_BYTES);
    Source empty = new Source();
    assertThat(read(new CachedChunks(empty, OTHER, cache), digest)).isEmpty();
    assertThat(
            new CachedChunks(empty, DOMAIN, cache)
                .getAll(RecordType.MANIFEST_PAGE, List.of(digest)))
        .isEmpty();
  }

  @Test
  void theBoundHoldsWhateverIsRead() {
    SeededTest.run(
        20,
        random -> {
          long bound = random.nextLong(1, 200_000);
          ChunkCache cache = new ChunkCache(bound);
          CachedChunks chunks = new CachedChunks(source, DOMAIN, cache);
          for (int i = 0; i < 500; i++) {
            Digest digest = source.put(random.nextInt(1, 300));
            assertThat(read(chunks, digest)).isEqualTo(source.chunks.get(digest));
            assertThat(cache.bytes()).isLessThanOrEqualTo(bound);
          }
        });
  }

  @Test
  void whatIsReadAgainAndAgainSurvivesAFloodOfWhatIsReadOnce() throws IOException {
    CachedChunks chunks = new CachedChunks(source, DOMAIN, new ChunkCache(200 * CHUNK_BYTES));
    Digest hot = source.put(0);
    assertThat(read(chunks, hot)).hasSize(CHUNK_BYTES);
    assertThat(read(chunks, hot)).hasSize(CHUNK_BYTES);
    Digest cold = source.put(1);
    for (int i = 1; i < 2_000; i++) {
      assertThat(read(chunks, source.put(i))).hasSize(CHUNK_BYTES);
    }
    source.reads.clear();
    assertThat(read(chunks, hot)).hasSize(CHUNK_BYTES);
    assertThat(source.reads).isEmpty();
    assertThat(read(chunks, cold)).hasSize(CHUNK_BYTES);
    assertThat(source.reads).containsExactly(cold);
  }

  @Test
  void withoutRoomNothingIsKept() throws IOException {
    ChunkCache cache = new ChunkCache(0);
    CachedChunks chunks = new CachedChunks(source, DOMAIN, cache);
    Digest digest = source.put(1);
    assertThat(read(chunks, digest)).hasSize(CHUNK_BYTES);
    assertThat(read(chunks, digest)).hasSize(CHUNK_BYTES);
    assertThat(source.reads).hasSize(2);
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void manyThreadsGetWhatTheyAskFor() throws InterruptedException {
    ChunkCache cache = new ChunkCache(50_000);
    CachedChunks chunks = new CachedChunks(source, DOMAIN, cache);
    List<Digest> digests = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      digests.add(source.put(i));
    }
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int start = t;
      threads.add(
          Thread.ofPlatform()
              .uncaughtExceptionHandler((_, failure) -> failures.add(failure))
              .start(() -> readAll(chunks, digests, start)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    assertThat(cache.bytes()).isLessThanOrEqualTo(50_000);
  }

  private void readAll(ChunkSource chunks, List<Digest> digests, int start) {
    for (int i = 0; i < 5_000; i++) {
      Digest digest = digests.get((start * 31 + i * 7) % digests.size());
      try {
        assertThat(read(chunks, digest)).isEqualTo(source.chunks.get(digest));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
