package io.aifs.core.chunk;

import com.github.luben.zstd.ZstdDictTrainer;
import com.github.luben.zstd.ZstdException;
import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fair sample of the small chunks that were shown to it, and the dictionary that it teaches. A
 * chunk is in it by its digest, so that no order of them makes a difference and no chance is
 * needed. Not thread-safe.
 */
public final class DictionarySample {
  /** More teaches little more, and training takes time in proportion. */
  static final int BYTES_MAX = 2 << 20;

  /** Longer chunks have most of their repeats within themselves. */
  static final int CHUNK_BYTES_MAX = 16 << 10;

  private static final int CHUNK_BYTES_MIN = 64;

  /** One in so many chunks is not trained with, to measure what the dictionary gains. */
  private static final int HELD_BACK = 8;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Kept(Digest digest, byte[] bytes) {}

  private final List<Kept> kept = new ArrayList<>();
  private int keptBytes;

  /** So many low bits of a digest are 0 if its chunk is kept. */
  private int zeroBits;

  private long seenBytes;

  /** Shows a chunk to it, of which it takes a copy if need be. */
  public void show(Digest digest, byte[] bytes, int offset, int length) {
    if (length < CHUNK_BYTES_MIN || length > CHUNK_BYTES_MAX) {
      return;
    }
    seenBytes += length;
    if (!isKept(digest)) {
      return;
    }
    kept.add(new Kept(digest, Arrays.copyOfRange(bytes, offset, offset + length)));
    keptBytes += length;
    while (keptBytes > BYTES_MAX) {
      zeroBits++;
      kept.removeIf(one -> !isKept(one.digest()));
      keptBytes = kept.stream().mapToInt(one -> one.bytes().length).sum();
    }
  }

  private boolean isKept(Digest digest) {
    return zeroBits == 0 || Long.numberOfTrailingZeros(lowBits(digest)) >= zeroBits;
  }

  private static long lowBits(Digest digest) {
    byte[] bytes = digest.toBytes();
    long bits = 0;
    for (int i = Digest.BYTES - Long.BYTES; i < Digest.BYTES; i++) {
      bits = (bits << 8) | (bytes[i] & 0xFF);
    }
    return bits;
  }

  /** Bytes of the chunks that are kept. */
  int keptBytes() {
    return keptBytes;
  }

  /** Bytes of all chunks that may have been kept. */
  public long seenBytes() {
    return seenBytes;
  }

  /**
   * Makes a dictionary, if it would save at least 1/32 of what {@code current} leaves of chunks
   * that it was not made of. Takes some tenths of a second.
   *
   * @param current the dictionary in use, if there is one
   * @param codec what chunks compressed with the new one would be said to be
   */
  public Optional<ZstdDictionary> train(
      ChunkCompressor compressor, @Nullable ZstdDictionary current, Codec codec) {
    ZstdDictTrainer trainer = new ZstdDictTrainer(BYTES_MAX, ZstdDictionary.BYTES_MAX);
    for (int i = 0; i < kept.size(); i++) {
      if (i % HELD_BACK != 0) {
        trainer.addSample(kept.get(i).bytes());
      }
    }
    ZstdDictionary trained;
    try {
      trained = ZstdDictionary.of(codec, trainer.trainSamples());
    } catch (ZstdException | ChunkMalformedException _) {
      return Optional.empty(); // too few chunks, or they have nothing in common
    }
    long before = heldBackBytes(compressor, current);
    long after = heldBackBytes(compressor, trained);
    return after > before - before / Compressibility.SAVING_MIN_FRACTION
        ? Optional.empty()
        : Optional.of(trained);
  }

  private long heldBackBytes(ChunkCompressor compressor, @Nullable ZstdDictionary dictionary) {
    long sum = 0;
    for (int i = 0; i < kept.size(); i += HELD_BACK) {
      byte[] bytes = kept.get(i).bytes();
      sum += compressor.compress(dictionary, bytes, 0, bytes.length).length();
    }
    return sum;
  }
}
