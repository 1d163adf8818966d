package io.aifs.server.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.model.PutTally;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link ChunkStore} promises. Subclasses only say how to open one. */
public abstract class ChunkStoreContract {
  private static final Chunk TEXT =
      Chunk.of("chunk ".repeat(2_000).getBytes(StandardCharsets.UTF_8));
  private static final Chunk NOISE = noise(100_000);

  protected abstract ChunkStore open() throws IOException;

  static Chunk noise(int bytes) {
    byte[] noise = new byte[bytes];
    new Random(bytes).nextBytes(noise);
    return Chunk.of(noise);
  }

  @Test
  void chunksReadBackAsTheyWerePut() throws IOException {
    try (ChunkStore store = open()) {
      store.putAll(RecordType.CHUNK, List.of(TEXT, NOISE));
      assertThat(store.getAll(RecordType.CHUNK, List.of(TEXT.digest(), NOISE.digest())))
          .containsOnlyKeys(TEXT.digest(), NOISE.digest())
          .containsEntry(TEXT.digest(), TEXT.bytes())
          .containsEntry(NOISE.digest(), NOISE.bytes());
    }
  }

  @Test
  void aChunkIsStoredOnce() throws IOException {
    try (ChunkStore store = open()) {
      PutTally first = store.putAll(RecordType.CHUNK, List.of(NOISE, NOISE));
      assertThat(first.newChunks()).isEqualTo(1);
      assertThat(first.storedBytes()).isGreaterThan(NOISE.length());
      PutTally second = store.putAll(RecordType.CHUNK, List.of(NOISE));
      assertThat(second.newChunks()).isZero();
      assertThat(second.storedBytes()).isZero();
    }
  }

  @Test
  void whatCompressesIsStoredSmaller() throws IOException {
    try (ChunkStore store = open()) {
      assertThat(store.putAll(RecordType.CHUNK, List.of(TEXT)).storedBytes())
          .isLessThan(TEXT.length() / 10);
    }
  }

  @Test
  void aViewIntoABufferIsStoredAlone() throws IOException {
    byte[] buffer = NOISE.bytes();
    Chunk view = new Chunk(Digest.of(buffer, 500, 1_000), buffer, 500, 1_000);
    try (ChunkStore store = open()) {
      store.putAll(RecordType.CHUNK, List.of(view));
      assertThat(store.getAll(RecordType.CHUNK, List.of(view.digest())).get(view.digest()))
          .isEqualTo(Arrays.copyOfRange(buffer, 500, 1_500));
    }
  }

  @Test
  void aChunkThatIsLikeAnotherTakesLittleAndReadsBack() throws IOException {
    byte[] changed = NOISE.bytes().clone();
    changed[50_000] ^= 1;
    Chunk.Numbers numbers = new Chunk.Numbers(4, Optional.of(NOISE.digest()));
    Chunk like =
        new Chunk(
            Digest.of(changed), changed, 0, changed.length, Optional.empty(), Optional.of(numbers));
    try (ChunkStore store = open()) {
      store.putAll(RecordType.CHUNK, List.of(NOISE));
      assertThat(store.putAll(RecordType.CHUNK, List.of(like)).storedBytes()).isLessThan(1_000);
      assertThat(store.getAll(RecordType.CHUNK, List.of(like.digest(), NOISE.digest())))
          .containsEntry(like.digest(), changed)
          .containsEntry(NOISE.digest(), NOISE.bytes());
    }
  }

  @Test
  void absentChunksAreMissingAndAbsentFromReads() throws IOException {
    try (ChunkStore store = open()) {
      store.putAll(RecordType.CHUNK, List.of(TEXT));
      assertThat(store.missing(RecordType.CHUNK, Set.of(TEXT.digest(), NOISE.digest())))
          .containsExactly(NOISE.digest());
      assertThat(store.getAll(RecordType.CHUNK, Set.of(NOISE.digest()))).isEmpty();
    }
  }

  @Test
  void aPageIsNotAChunkEvenWithTheSameBytes() throws IOException {
    try (ChunkStore store = open()) {
      store.putAll(RecordType.MANIFEST_PAGE, List.of(TEXT));
      assertThat(store.missing(RecordType.CHUNK, Set.of(TEXT.digest()))).hasSize(1);
      assertThat(store.missing(RecordType.MANIFEST_PAGE, Set.of(TEXT.digest()))).isEmpty();
    }
  }
}
