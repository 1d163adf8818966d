package io.aifs.core.chunk;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.luben.zstd.Zstd;
import io.aifs.core.Limits;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compressed chunks and dictionaries: frames that lie about their size, bombs, and broken ones. */
class FrameFuzzTest {
  /** What every frame here is said to hold. */
  private static final int PLAIN = 4_000;

  private static final ChunkCompressor COMPRESSOR = new ChunkCompressor();

  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() throws ChunkMalformedException {
    byte[] text = text(3, PLAIN);
    ZstdDictionary dictionary = dictionary();
    Compressed withDictionary = COMPRESSOR.compress(dictionary, text, 0, 1_000);
    byte[] frame = Zstd.compress(text);
    byte[] zeros = Zstd.compress(new byte[PLAIN]);
    byte[] planes = planes();
    return List.of(
        FuzzTarget.bytes(ReceivedFrame.class, "open", FrameFuzzTest::received, frame, zeros)
            .refusesWith(ChunkMalformedException.class),
        FuzzTarget.bytes(
                ReceivedFrame.class,
                "open",
                input ->
                    ReceivedFrame.open(
                        new Compressed(Codec.PLANES_4, input, 0, input.length), PLAIN),
                planes)
            .refusesWith(ChunkMalformedException.class),
        FuzzTarget.bytes(ChunkCompressor.class, "decompress", FrameFuzzTest::plain, frame, zeros)
            .refusesWith(ChunkMalformedException.class),
        FuzzTarget.bytes(
                ChunkCompressor.class,
                "decompress",
                input -> COMPRESSOR.decompress(Codec.PLANES_4, input, 0, input.length, PLAIN),
                planes)
            .refusesWith(ChunkMalformedException.class),
        FuzzTarget.bytes(
                ChunkCompressor.class,
                "decompressDelta",
                input ->
                    COMPRESSOR.decompressDelta(Codec.DELTA_4, text, input, 0, input.length, PLAIN),
                planes)
            .refusesWith(ChunkMalformedException.class),
        FuzzTarget.bytes(
                ChunkCompressor.class,
                "decompress",
                input -> COMPRESSOR.decompress(dictionary, input, 0, input.length, 1_000),
                Arrays.copyOf(withDictionary.bytes(), withDictionary.length()))
            .refusesWith(ChunkMalformedException.class),
        FuzzTarget.bytes(
                ZstdDictionary.class,
                "of",
                input -> ZstdDictionary.of(Codec.ZSTD_DICTIONARY_1, input),
                dictionary.toBytes())
            .refusesWith(ChunkMalformedException.class)
            .costs(20));
  }

  /** A bomb: a small frame of far more than a chunk may hold, said to be one of a chunk. */
  @ParameterizedTest
  @MethodSource("targets")
  void frameOfMoreThanItIsSaidToHoldIsRefusedInItsMemory(FuzzTarget<?> target) {
    Fuzzer.tryAlone(target, Zstd.compress(new byte[64 * Limits.CHUNK_BYTES_MAX]));
  }

  private static byte[] received(byte[] input) throws ChunkMalformedException {
    return ReceivedFrame.open(new Compressed(Codec.ZSTD, input, 0, input.length), PLAIN);
  }

  private static byte[] plain(byte[] input) throws ChunkMalformedException {
    return COMPRESSOR.decompress(Codec.ZSTD, input, 0, input.length, PLAIN);
  }

  /** Numbers of which one place is noise, one constant, and the others compress. */
  private static byte[] planes() {
    SplittableRandom random = new SplittableRandom(7);
    byte[] numbers = new byte[PLAIN];
    for (int i = 0; i < PLAIN; i += 4) {
      numbers[i] = (byte) random.nextInt();
      numbers[i + 1] = (byte) random.nextInt(4);
      numbers[i + 3] = (byte) random.nextInt(3);
    }
    Compressed made = COMPRESSOR.compressNumbers(4, numbers, 0, PLAIN);
    if (made.codec() != Codec.PLANES_4) {
      throw new IllegalStateException("not in planes: " + made.codec());
    }
    return Arrays.copyOf(made.bytes(), made.length());
  }

  private static byte[] text(long seed, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      int line = random.nextInt(300);
      text.append("register_").append(line * 7_919L * 104_729L).append("(base + offset);\n");
    }
    return Arrays.copyOf(text.toString().getBytes(US_ASCII), length);
  }

  private static ZstdDictionary dictionary() {
    DictionarySample sample = new DictionarySample();
    for (int i = 0; i < 400; i++) {
      byte[] chunk = text(i, 900);
      sample.show(Digest.of(chunk), chunk, 0, chunk.length);
    }
    return sample.train(COMPRESSOR, null, Codec.ZSTD_DICTIONARY_1).orElseThrow();
  }
}
