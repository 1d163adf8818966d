package io.aifs.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.testing.SeededTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Numbers in planes, and what differs from a base. */
class NumberCodecTest {
  private static final int[] WIDTHS = {1, 2, 4, 8};

  private final ChunkCompressor compressor = new ChunkCompressor();

  @AfterEach
  void close() {
    compressor.close();
  }

  @Test
  void numbersOfAnyWidthAndLengthComeBack() {
    SeededTest.run(
        200,
        random -> {
          int width = WIDTHS[random.nextInt(4)];
          byte[] data = numbers(random, WIDTHS[random.nextInt(4)], random.nextInt(150_000));
          int offset = data.length == 0 ? 0 : random.nextInt(Math.min(9, data.length));
          int length = data.length - offset;
          Compressed made = compressor.compressNumbers(width, data, offset, length);
          byte[] content = Arrays.copyOfRange(data, offset, data.length);
          assertThat(made.length()).isLessThanOrEqualTo(length);
          assertThat(plain(made, length)).isEqualTo(content);
          if (length > 0) {
            assertThat(ReceivedFrame.open(made, length)).isEqualTo(content);
          }
        });
  }

  @Test
  void differencesOfAnyWidthAndLengthComeBack() {
    SeededTest.run(
        200,
        random -> {
          int width = WIDTHS[random.nextInt(4)];
          byte[] base = numbers(random, width, random.nextInt(16, 150_000));
          byte[] data = changed(random, base, width);
          Optional<Compressed> made =
              compressor.compressDelta(width, data, 0, data.length, base, data.length);
          if (made.isPresent()) {
            Compressed delta = made.get();
            assertThat(delta.codec()).isEqualTo(Codec.delta(width));
            assertThat(delta.length()).isLessThanOrEqualTo(data.length - data.length / 32);
            assertThat(
                    compressor.decompressDelta(
                        delta.codec(), base, delta.bytes(), 0, delta.length(), data.length))
                .isEqualTo(data);
          }
        });
  }

  @Test
  void weightsOfFourBytesTakeAnEighthLessAndNoiseIsStored() {
    byte[] weights = weights(new SplittableRandom(1), 64 << 10);
    Compressed made = compressor.compressNumbers(4, weights, 0, weights.length);
    assertThat(made.codec()).isEqualTo(Codec.PLANES_4);
    assertThat(made.length()).isLessThan(weights.length - weights.length / 8);
    assertThat(made.length()).isLessThan(compressor.compress(weights, 0, weights.length).length());
    byte[] noise = SeededTest.bytes(new SplittableRandom(2), 64 << 10);
    Compressed stored = compressor.compressNumbers(4, noise, 0, noise.length);
    assertThat(stored.codec()).isEqualTo(Codec.STORED);
    assertThat(stored.bytes()).isSameAs(noise);
  }

  @Test
  void whatRepeatsItselfIsLeftToZstd() {
    byte[] repeated = new byte[64 << 10];
    byte[] once = SeededTest.bytes(new SplittableRandom(3), 1 << 10);
    for (int at = 0; at < repeated.length; at += once.length) {
      System.arraycopy(once, 0, repeated, at, once.length);
    }
    assertThat(compressor.compressNumbers(4, repeated, 0, repeated.length).codec())
        .isEqualTo(Codec.ZSTD);
  }

  @Test
  void aSmallChangeTakesLittleAndAnUnlikeBaseIsNotUsed() {
    SplittableRandom random = new SplittableRandom(4);
    byte[] base = weights(random, 64 << 10);
    byte[] tuned = base.clone();
    ByteBuffer numbers = ByteBuffer.wrap(tuned).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < tuned.length; i += 4) {
      float value = numbers.getFloat(i);
      numbers.putFloat(i, value + (float) (1e-6 * random.nextGaussian()));
    }
    int alone = compressor.compressNumbers(4, tuned, 0, tuned.length).length();
    Optional<Compressed> delta = compressor.compressDelta(4, tuned, 0, tuned.length, base, alone);
    assertThat(delta).isPresent();
    assertThat(delta.get().length()).isLessThan(alone * 7 / 10);
    byte[] other = weights(random, 64 << 10);
    assertThat(compressor.compressDelta(4, tuned, 0, tuned.length, other, alone)).isEmpty();
  }

  @Test
  void oneChangedNumberTakesAFewBytes() {
    byte[] base = weights(new SplittableRandom(5), 64 << 10);
    byte[] data = base.clone();
    data[4_003] ^= 1;
    Compressed delta =
        compressor.compressDelta(4, data, 0, data.length, base, data.length).orElseThrow();
    assertThat(delta.length()).isLessThan(60);
  }

  /** Laid down for good: plane lengths 1, 1, 16 and 1, planes of those bytes, and a tail. */
  @Test
  void bytesAreThoseOfTheFormat() throws ChunkMalformedException {
    byte[] data = new byte[16 * 4 + 3];
    ByteBuffer numbers = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 16; i++) {
      numbers.putInt(Integer.rotateRight(0xbf << 24 | (0x10 + i * 13) << 16 | 7, 1));
    }
    System.arraycopy(new byte[] {1, 2, 3}, 0, data, 64, 3);
    byte[] planes =
        HexFormat.of()
            .parseHex(
                "000001000001000010000001" + "0700101d2a3744515e6b7885929facb9c6d3bf" + "010203");
    Compressed made = compressor.compressNumbers(4, data, 0, data.length);
    assertThat(made.codec()).isEqualTo(Codec.PLANES_4);
    assertThat(Arrays.copyOf(made.bytes(), made.length())).isEqualTo(planes);
    assertThat(plain(new Compressed(Codec.PLANES_4, planes, 0, planes.length), 67)).isEqualTo(data);
    byte[] base = new byte[67];
    Arrays.fill(base, (byte) 0x55);
    byte[] expected = data.clone();
    for (int i = 0; i < expected.length; i++) {
      expected[i] ^= 0x55;
    }
    assertThat(compressor.decompressDelta(Codec.DELTA_4, base, planes, 0, planes.length, 67))
        .isEqualTo(expected);
  }

  @Test
  void lengthsThatDoNotAddUpAreDamage() {
    byte[] weights = weights(new SplittableRandom(6), 8 << 10);
    Compressed made = compressor.compressNumbers(4, weights, 0, weights.length);
    assertThat(made.codec()).isEqualTo(Codec.PLANES_4);
    for (int plain : new int[] {0, 1, 15, 63, 8_191, 8_193, 16 << 10}) {
      assertThatThrownBy(() -> plain(made, plain)).isInstanceOf(ChunkMalformedException.class);
    }
    for (int at = 0; at < 12; at++) {
      byte[] bytes = Arrays.copyOf(made.bytes(), made.length());
      bytes[at] ^= 1;
      Compressed broken = new Compressed(Codec.PLANES_4, bytes, 0, bytes.length);
      assertThatThrownBy(() -> plain(broken, weights.length))
          .isInstanceOf(ChunkMalformedException.class);
      assertThatThrownBy(() -> ReceivedFrame.open(broken, weights.length))
          .isInstanceOf(ChunkMalformedException.class);
    }
    for (int length = 0; length < made.length(); length += 7) {
      Compressed cut = new Compressed(Codec.PLANES_4, made.bytes(), 0, length);
      assertThatThrownBy(() -> plain(cut, weights.length))
          .isInstanceOf(ChunkMalformedException.class);
    }
  }

  @Test
  void planesThatSaveNothingAreNotTakenFromAClient() {
    byte[] bytes = new byte[12 + 64];
    for (int plane = 0; plane < 4; plane++) {
      bytes[plane * 3 + 2] = 16;
    }
    Compressed frame = new Compressed(Codec.PLANES_4, bytes, 0, bytes.length);
    assertThatThrownBy(() -> ReceivedFrame.open(frame, 64))
        .isInstanceOf(ChunkMalformedException.class)
        .hasMessageContaining("saves nothing");
  }

  @Test
  void differencesAreNotTakenFromAClientNorReadWithoutTheirBase() {
    Compressed frame = new Compressed(Codec.DELTA_4, new byte[20], 0, 20);
    assertThatThrownBy(() -> ReceivedFrame.open(frame, 64))
        .isInstanceOf(ChunkMalformedException.class);
    assertThatThrownBy(() -> plain(frame, 64)).isInstanceOf(ChunkMalformedException.class);
    assertThatThrownBy(
            () -> compressor.decompressDelta(Codec.DELTA_4, new byte[63], new byte[20], 0, 20, 64))
        .isInstanceOf(ChunkMalformedException.class)
        .hasMessageContaining("base");
  }

  private byte[] plain(Compressed made, int plainBytes) throws ChunkMalformedException {
    return compressor.decompress(
        made.codec(), made.bytes(), made.offset(), made.length(), plainBytes);
  }

  private static byte[] changed(SplittableRandom random, byte[] base, int width) {
    byte[] data = base.clone();
    int kind = random.nextInt(3);
    for (int i = 0; i < data.length; i++) {
      boolean changes = kind == 0 ? i % width == 0 : kind == 1 && random.nextInt(100) == 0;
      data[i] ^= changes ? (byte) random.nextInt() : 0;
    }
    return data;
  }

  /** Noise, or numbers whose high bytes are alike. */
  private static byte[] numbers(SplittableRandom random, int width, int length) {
    byte[] data = SeededTest.bytes(random, length);
    int noisy = random.nextInt(width + 1);
    for (int i = 0; i < length; i++) {
      if (i % width >= noisy) {
        data[i] = (byte) (data[i] & 3);
      }
    }
    return data;
  }

  private static byte[] weights(SplittableRandom random, int length) {
    ByteBuffer numbers = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (numbers.hasRemaining()) {
      numbers.putFloat((float) (random.nextGaussian() * 0.02));
    }
    return numbers.array();
  }
}
