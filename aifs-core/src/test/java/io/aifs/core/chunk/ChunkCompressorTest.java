package io.aifs.core.chunk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.aifs.core.Limits;
import io.aifs.crypto.testing.SeededTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChunkCompressorTest {
  private final ChunkCompressor compressor = new ChunkCompressor();

  @AfterEach
  void close() {
    compressor.close();
  }

  @Test
  void everyContentComesBack() {
    SeededTest.run(
        60,
        random -> {
          byte[] data = content(random, random.nextInt(200_000));
          int offset = data.length == 0 ? 0 : random.nextInt(data.length);
          int length = data.length - offset;
          Compressed compressed = compressor.compress(data, offset, length);
          assertThat(compressed.length()).isLessThanOrEqualTo(length);
          assertThat(decompress(compressed, length))
              .isEqualTo(Arrays.copyOfRange(data, offset, data.length));
        });
  }

  @Test
  void randomBytesAreStoredWithoutACopy() {
    byte[] data = SeededTest.bytes(new SplittableRandom(1), 64 << 10);
    Compressed compressed = compressor.compress(data, 0, data.length);
    assertThat(compressed.codec()).isEqualTo(Codec.STORED);
    assertThat(compressed.bytes()).isSameAs(data);
  }

  @Test
  void textNumbersAndRepeatsAreCompressed() {
    for (int kind = 1; kind <= 3; kind++) {
      byte[] data = content(new SplittableRandom(2), 64 << 10, kind);
      Compressed compressed = compressor.compress(data, 0, data.length);
      assertThat(compressed.codec()).isEqualTo(Codec.ZSTD);
      assertThat(compressed.length()).isLessThan(data.length - data.length / 32);
    }
  }

  @Test
  void tinyAndEmptyChunksAreStored() {
    assertThat(compressor.compress(new byte[0], 0, 0).codec()).isEqualTo(Codec.STORED);
    assertThat(compressor.compress(new byte[63], 0, 63).codec()).isEqualTo(Codec.STORED);
    assertThat(compressor.compress(new byte[64], 0, 64).codec()).isEqualTo(Codec.ZSTD);
  }

  @Test
  void frameIsPlainZstd() {
    byte[] data = "tell me again ".repeat(500).getBytes(UTF_8);
    Compressed compressed = compressor.compress(data, 0, data.length);
    byte[] frame = Arrays.copyOf(compressed.bytes(), compressed.length());
    assertThat(Zstd.decompress(frame, data.length)).isEqualTo(data);
  }

  @Test
  void wrongLengthIsDamage() {
    byte[] data = new byte[10_000];
    Compressed zeros = compressor.compress(data, 0, data.length);
    for (int length : new int[] {0, 1, 9_999, 10_001, Limits.CHUNK_BYTES_MAX}) {
      assertThatThrownBy(() -> decompress(zeros, length))
          .isInstanceOf(ChunkMalformedException.class);
    }
    Compressed stored = new Compressed(Codec.STORED, data, 0, 100);
    assertThatThrownBy(() -> decompress(stored, 99)).isInstanceOf(ChunkMalformedException.class);
  }

  @Test
  void lengthOverTheLimitIsDamageAndAllocatesNothing() {
    Compressed any = new Compressed(Codec.ZSTD, new byte[100], 0, 100);
    for (int length : new int[] {-1, Limits.CHUNK_BYTES_MAX + 1, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> decompress(any, length))
          .isInstanceOf(ChunkMalformedException.class)
          .hasMessageContaining("chunk length is outside");
    }
  }

  @Test
  void frameThatExpandsBeyondItsLengthIsDamage() {
    byte[] bomb = Zstd.compress(new byte[64 << 20]);
    assertThatThrownBy(() -> compressor.decompress(Codec.ZSTD, bomb, 0, bomb.length, 1000))
        .isInstanceOf(ChunkMalformedException.class);
  }

  @Test
  void mutatedFrameIsDamageOrAnswersTheRightLength() {
    SeededTest.run(
        300,
        random -> {
          byte[] data = content(random, random.nextInt(64, 20_000), random.nextInt(1, 4));
          Compressed compressed = compressor.compress(data, 0, data.length);
          byte[] frame = Arrays.copyOf(compressed.bytes(), compressed.length());
          for (int i = random.nextInt(1, 6); i > 0; i--) {
            frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
          }
          int kept = random.nextBoolean() ? frame.length : random.nextInt(frame.length);
          try {
            byte[] plain = compressor.decompress(Codec.ZSTD, frame, 0, kept, data.length);
            assertThat(plain).hasSize(data.length);
          } catch (ChunkMalformedException e) {
            assertThat(e.getMessage()).startsWith("chunk ");
          }
        });
  }

  @Test
  void garbageIsDamage() {
    SeededTest.run(
        300,
        random -> {
          byte[] garbage = SeededTest.bytes(random, random.nextInt(200));
          assertThatThrownBy(
                  () -> compressor.decompress(Codec.ZSTD, garbage, 0, garbage.length, 1000))
              .isInstanceOf(ChunkMalformedException.class);
        });
  }

  @Test
  void manyThreadsShareOneCompressor() throws Exception {
    Callable<Boolean> task =
        () -> {
          SplittableRandom random = new SplittableRandom(5);
          for (int i = 0; i < 50; i++) {
            byte[] data = content(random, 30_000);
            Compressed compressed = compressor.compress(data, 0, data.length);
            if (!Arrays.equals(data, decompress(compressed, data.length))) {
              return false;
            }
          }
          return true;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (var done : threads.invokeAll(List.of(task, task, task, task))) {
        assertThat(done.get()).isTrue();
      }
    }
  }

  @Test
  void oversizedChunkAndBadLevelAreRefused() {
    byte[] data = new byte[Limits.CHUNK_BYTES_MAX + 1];
    assertThatThrownBy(() -> compressor.compress(data, 0, data.length))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ChunkCompressor(20).close())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void closedCompressorIsRefused() {
    compressor.close();
    assertThatThrownBy(() -> compressor.compress(new byte[100], 0, 100))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void codesAreThoseOfTheFormat() {
    assertThat(Codec.ofCode(0)).isEqualTo(Codec.STORED);
    assertThat(Codec.ofCode(1)).isEqualTo(Codec.ZSTD);
    for (Codec codec : Codec.values()) {
      assertThat(Codec.ofCode(codec.code())).isEqualTo(codec);
    }
    assertThatThrownBy(() -> Codec.ofCode(2)).isInstanceOf(IllegalArgumentException.class);
  }

  private byte[] decompress(Compressed compressed, int plainBytes) throws ChunkMalformedException {
    return compressor.decompress(
        compressed.codec(),
        compressed.bytes(),
        compressed.offset(),
        compressed.length(),
        plainBytes);
  }

  private static byte[] content(SplittableRandom random, int length) {
    return content(random, length, random.nextInt(4));
  }

  /** 0 random, 1 text, 2 float32 near zero, 3 rows with random ids and constant columns. */
  private static byte[] content(SplittableRandom random, int length, int kind) {
    byte[] data = SeededTest.bytes(random, length);
    String letters = " etaoinshrdlu\n";
    ByteBuffer numbers = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < length; i++) {
      switch (kind) {
        case 1 -> data[i] = (byte) letters.charAt(random.nextInt(letters.length()));
        case 2 -> {
          if (i % 4 == 0 && i + 4 <= length) {
            numbers.putFloat(i, (float) (random.nextGaussian() * 0.02));
          }
        }
        case 3 -> data[i] = i % 40 < 24 ? data[i] : (byte) (i % 40);
        default -> {}
      }
    }
    return data;
  }
}
