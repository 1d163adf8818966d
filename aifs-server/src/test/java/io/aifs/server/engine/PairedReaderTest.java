package io.aifs.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.engine.ChunkPairs.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class PairedReaderTest {
  private static final int CHUNK = 10_000;

  private final CountedChunks chunks = new CountedChunks();

  private static List<ChunkPairs.Part> parts(PairedReader reader) {
    List<ChunkPairs.Part> parts = new ArrayList<>();
    ChunkPairs pairs = reader.pairs();
    Optional<ChunkPairs.Part> part = pairs.next();
    while (part.isPresent()) {
      parts.add(part.get());
      part = pairs.next();
    }
    return parts;
  }

  /** Content that is as {@code like} from one place on, and random before. */
  private static byte[] shifted(
      SplittableRandom random, byte[] like, int from, int length, int to) {
    byte[] content = SeededTest.bytes(random, to + length + random.nextInt(30_000));
    System.arraycopy(like, from, content, to, length);
    return content;
  }

  @Test
  void whatIdsTellIsTrueAndBothSidesAreReadInStep() {
    SeededTest.run(
        60,
        random -> {
          CountedChunks counted = new CountedChunks();
          int length = random.nextInt(1, 200_000);
          int leftAt = random.nextInt(20_000);
          int rightAt = random.nextBoolean() ? leftAt : random.nextInt(20_000);
          byte[] left = SeededTest.bytes(random, leftAt + length + random.nextInt(20_000));
          byte[] right = shifted(random, left, leftAt, length, rightAt);
          for (int i = random.nextInt(4); i > 0; i--) {
            right[rightAt + random.nextInt(length)] ^= (byte) random.nextInt(2);
          }
          ContentReader a = counted.asset(left, cuts(random, leftAt));
          ContentReader b = counted.asset(right, cuts(random, rightAt));
          PairedReader reader = a.pairWith(leftAt, b, rightAt, length);
          byte[] leftPart = Arrays.copyOfRange(left, leftAt, leftAt + length);
          byte[] rightPart = Arrays.copyOfRange(right, rightAt, rightAt + length);
          checkParts(parts(reader), leftPart, rightPart);
          assertThat(counted.reads()).isEmpty();
          int start = random.nextInt(length);
          int end = random.nextInt(start, length) + 1;
          checkRead(reader, start, end, leftPart, rightPart);
        });
  }

  /** Cuts at the start of the range, and then mostly of the same length. */
  private static IntUnaryOperator cuts(SplittableRandom random, int start) {
    int usual = random.nextInt(4) == 0 ? CHUNK + 1 : CHUNK;
    boolean aligned = random.nextInt(3) > 0;
    return at -> aligned && at < start ? start - at : usual;
  }

  private static void checkParts(List<ChunkPairs.Part> parts, byte[] left, byte[] right) {
    long reached = 0;
    for (ChunkPairs.Part part : parts) {
      assertThat(part.start()).isEqualTo(reached);
      assertThat(part.end()).isGreaterThan(reached);
      reached = part.end();
      boolean equal =
          Arrays.equals(
              left,
              (int) part.start(),
              (int) part.end(),
              right,
              (int) part.start(),
              (int) part.end());
      if (part.verdict() != Verdict.UNKNOWN) {
        assertThat(part.verdict() == Verdict.EQUAL).isEqualTo(equal);
      }
    }
    assertThat(reached).isEqualTo(left.length);
  }

  private static void checkRead(PairedReader reader, int start, int end, byte[] left, byte[] right)
      throws IOException {
    ByteArrayOutputStream leftRead = new ByteArrayOutputStream();
    ByteArrayOutputStream rightRead = new ByteArrayOutputStream();
    boolean whole =
        reader.read(
            start,
            end,
            (a, aOffset, b, bOffset, count) -> {
              leftRead.write(a, aOffset, count);
              rightRead.write(b, bOffset, count);
              return true;
            });
    assertThat(whole).isTrue();
    assertThat(leftRead.toByteArray()).isEqualTo(Arrays.copyOfRange(left, start, end));
    assertThat(rightRead.toByteArray()).isEqualTo(Arrays.copyOfRange(right, start, end));
  }

  @Test
  void chunksOfEqualPlacesTellAllAndOthersOnlyWhereTheyEndTogether() {
    byte[] left = SeededTest.bytes(new SplittableRandom(1), 5 * CHUNK);
    byte[] right = left.clone();
    right[2 * CHUNK + 7] ^= 1;
    PairedReader reader =
        chunks
            .asset(left, _ -> CHUNK)
            .pairWith(100, chunks.asset(right, at -> at == 3 * CHUNK ? 7 : CHUNK), 100, 4 * CHUNK);

    assertThat(parts(reader))
        .containsExactly(
            new ChunkPairs.Part(0, CHUNK - 100, Verdict.EQUAL),
            new ChunkPairs.Part(CHUNK - 100, 2 * CHUNK - 100, Verdict.EQUAL),
            new ChunkPairs.Part(2 * CHUNK - 100, 3 * CHUNK - 100, Verdict.DIFFERENT),
            new ChunkPairs.Part(3 * CHUNK - 100, 4 * CHUNK, Verdict.UNKNOWN));
  }

  @Test
  void aChunkThatReachesOutOfTheRangeTellsNothingButThatItIsTheSame() {
    byte[] left = SeededTest.bytes(new SplittableRandom(2), CHUNK);
    byte[] right = left.clone();
    right[0] ^= 1;
    PairedReader reader =
        chunks.asset(left, _ -> CHUNK).pairWith(4, chunks.asset(right, _ -> CHUNK), 4, 100);

    assertThat(parts(reader)).containsExactly(new ChunkPairs.Part(0, 100, Verdict.UNKNOWN));
  }

  @Test
  void whatBothHoldIsReadOnceAndNothingAfterTheSinkHasEnough() throws IOException {
    byte[] left = SeededTest.bytes(new SplittableRandom(3), 4 << 20);
    ContentReader a = chunks.asset(left, _ -> CHUNK);
    byte[] right = left.clone();
    right[0] ^= 1;
    ContentReader b = chunks.asset(right, _ -> CHUNK);

    assertThat(a.pairWith(0, b, 0, left.length).read(0, left.length, (_, _, _, _, _) -> true))
        .isTrue();
    assertThat(chunks.reads().values()).allMatch(times -> times == 1);
    chunks.forgetReads();
    assertThat(a.pairWith(0, b, 0, left.length).read(0, left.length, (_, _, _, _, _) -> false))
        .isFalse();
    assertThat(chunks.bytes()).isLessThan(2 << 20);
  }

  @Test
  void whatTheSinkThrowsEndsTheReading() {
    byte[] left = SeededTest.bytes(new SplittableRandom(4), 4 << 20);
    ContentReader a = chunks.asset(left, _ -> CHUNK);

    assertThatThrownBy(
            () ->
                a.pairWith(0, a, 0, left.length)
                    .read(
                        0,
                        left.length,
                        (_, _, _, _, _) -> {
                          throw new IOException("enough");
                        }))
        .isInstanceOf(IOException.class)
        .hasMessage("enough");
    assertThat(chunks.bytes()).isLessThan(2 << 20);
  }

  @Test
  void damageIsSaidOfTheAssetThatHasIt() {
    byte[] left = SeededTest.bytes(new SplittableRandom(5), CHUNK);
    byte[] right = SeededTest.bytes(new SplittableRandom(6), CHUNK);
    chunks.damage(Digest.of(right));
    ContentReader a = chunks.asset(left, _ -> CHUNK);
    ContentReader b = chunks.asset(right, _ -> CHUNK);

    assertThatThrownBy(() -> a.pairWith(0, b, 0, CHUNK).read(0, CHUNK, (_, _, _, _, _) -> true))
        .isInstanceOf(AifsException.Corrupt.class)
        .hasMessageContaining("asset " + Digest.of(right));
  }
}
