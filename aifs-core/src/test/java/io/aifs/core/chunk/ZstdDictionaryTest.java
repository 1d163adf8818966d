package io.aifs.core.chunk;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Dictionaries: what they are made of, what they gain, and what is wrong with a wrong one. */
class ZstdDictionaryTest {
  private final ChunkCompressor compressor = new ChunkCompressor();

  @AfterEach
  void close() {
    compressor.close();
  }

  private static byte[] text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    while (text.length() < 900) {
      int line = random.nextInt(300);
      text.append("register_").append(line * 7_919L * 104_729L).append("(base + offset);\n");
    }
    return text.toString().getBytes(US_ASCII);
  }

  private static DictionarySample sample(List<byte[]> chunks) {
    DictionarySample sample = new DictionarySample();
    chunks.forEach(chunk -> sample.show(Digest.of(chunk), chunk, 0, chunk.length));
    return sample;
  }

  private static List<byte[]> texts(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(text(random));
    }
    return texts;
  }

  private ZstdDictionary trained() {
    Optional<ZstdDictionary> dictionary =
        sample(texts(400, 1)).train(compressor, null, Codec.ZSTD_DICTIONARY_1);
    return dictionary.orElseThrow();
  }

  private byte[] decompress(ZstdDictionary dictionary, Compressed compressed, int length)
      throws ChunkMalformedException {
    return compressor.decompress(
        dictionary, compressed.bytes(), compressed.offset(), compressed.length(), length);
  }

  @Test
  void smallChunksGetSmallerAndComeBack() throws ChunkMalformedException {
    ZstdDictionary dictionary = trained();
    for (byte[] text : texts(50, 2)) {
      Compressed with = compressor.compress(dictionary, text, 0, text.length);
      assertThat(with.codec()).isEqualTo(Codec.ZSTD_DICTIONARY_1);
      assertThat(with.length()).isLessThan(compressor.compress(text, 0, text.length).length());
      assertThat(decompress(dictionary, with, text.length)).isEqualTo(text);
    }
  }

  @Test
  void everyContentComesBack() {
    ZstdDictionary dictionary = trained();
    SeededTest.run(
        60,
        random -> {
          byte[] data = SeededTest.bytes(random, random.nextInt(1 << random.nextInt(17)));
          byte[] line = text(random);
          System.arraycopy(line, 0, data, 0, Math.min(line.length, data.length) / 2);
          Compressed compressed = compressor.compress(dictionary, data, 0, data.length);
          byte[] back =
              compressed.codec().needsDictionary()
                  ? decompress(dictionary, compressed, data.length)
                  : compressor.decompress(
                      compressed.codec(),
                      compressed.bytes(),
                      compressed.offset(),
                      compressed.length(),
                      data.length);
          assertThat(back).isEqualTo(data);
        });
  }

  @Test
  void longChunksAndNoiseAreCompressedWithout() {
    ZstdDictionary dictionary = trained();
    byte[] longer = new byte[ChunkCompressor.DICTIONARY_BYTES_MAX + 1];
    byte[] noise = SeededTest.bytes(new SplittableRandom(3), 5_000);
    assertThat(compressor.compress(dictionary, longer, 0, longer.length).codec())
        .isEqualTo(Codec.ZSTD);
    assertThat(compressor.compress(dictionary, noise, 0, noise.length).codec())
        .isEqualTo(Codec.STORED);
  }

  /** They have little in common with each other, and are many: the quick level is for them. */
  @Test
  void numbersAreCompressedWithout() {
    ZstdDictionary dictionary = trained();
    ByteBuffer floats = ByteBuffer.allocate(32 << 10);
    Random random = new Random(9);
    while (floats.hasRemaining()) {
      floats.putFloat((float) (random.nextGaussian() * 0.02));
    }
    Compressed compressed = compressor.compress(dictionary, floats.array(), 0, 32 << 10);
    assertThat(compressed.codec()).isEqualTo(Codec.ZSTD);
  }

  @Test
  void withoutItOrWithAnotherItsFramesAreDamage() {
    ZstdDictionary dictionary = trained();
    byte[] text = texts(1, 2).getFirst();
    Compressed with = compressor.compress(dictionary, text, 0, text.length);
    List<byte[]> others = texts(400, 5);
    others.forEach(chunk -> reverse(chunk));
    ZstdDictionary other =
        sample(others).train(compressor, null, Codec.ZSTD_DICTIONARY_1).orElseThrow();
    assertThatThrownBy(() -> decompress(other, with, text.length))
        .isInstanceOf(ChunkMalformedException.class);
    for (Codec codec : List.of(Codec.ZSTD, Codec.ZSTD_DICTIONARY_1)) {
      assertThatThrownBy(
              () -> compressor.decompress(codec, with.bytes(), 0, with.length(), text.length))
          .isInstanceOf(ChunkMalformedException.class);
    }
  }

  private static void reverse(byte[] bytes) {
    for (int i = 0; i < bytes.length / 2; i++) {
      byte kept = bytes[i];
      bytes[i] = bytes[bytes.length - 1 - i];
      bytes[bytes.length - 1 - i] = kept;
    }
  }

  @Test
  void whatIsNoDictionaryIsRefused() {
    byte[] bytes = trained().toBytes();
    assertThatThrownBy(() -> ZstdDictionary.of(Codec.ZSTD, bytes))
        .isInstanceOf(IllegalArgumentException.class);
    for (int length : new int[] {0, 3, 7, 20}) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> ZstdDictionary.of(Codec.ZSTD_DICTIONARY_1, cut))
          .isInstanceOf(ChunkMalformedException.class);
    }
    assertThatThrownBy(
            () ->
                ZstdDictionary.of(Codec.ZSTD_DICTIONARY_1, new byte[ZstdDictionary.BYTES_MAX + 1]))
        .isInstanceOf(ChunkMalformedException.class);
  }

  @Test
  void theSampleIsBoundedAndTheSameInWhateverOrderChunksCome() {
    List<byte[]> chunks = texts(6_000, 7);
    DictionarySample one = sample(chunks);
    Collections.shuffle(chunks, new Random(1));
    DictionarySample other = sample(chunks);
    assertThat(one.seenBytes()).isEqualTo(other.seenBytes()).isGreaterThan(5_000_000);
    assertThat(one.keptBytes()).isEqualTo(other.keptBytes());
    assertThat(one.keptBytes())
        .isBetween(DictionarySample.BYTES_MAX / 3, DictionarySample.BYTES_MAX);
  }

  @Test
  void whatHasNothingInCommonTeachesNothing() {
    List<byte[]> noise = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < 400; i++) {
      noise.add(SeededTest.bytes(random, 1_000));
    }
    assertThat(sample(noise).train(compressor, null, Codec.ZSTD_DICTIONARY_1)).isEmpty();
    assertThat(sample(List.of()).train(compressor, null, Codec.ZSTD_DICTIONARY_1)).isEmpty();
    assertThat(sample(texts(400, 1)).train(compressor, trained(), Codec.ZSTD_DICTIONARY_2))
        .isEmpty();
  }
}
