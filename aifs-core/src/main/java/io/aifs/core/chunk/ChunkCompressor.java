package io.aifs.core.chunk;

import com.github.luben.zstd.ZstdException;
import io.aifs.core.Limits;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns a chunk's content into the bytes to store, and back. What would save less than 1/32 is
 * stored as it is, and a quick look at a sample spares most such data the attempt.
 *
 * <p>Thread-safe; calls reuse native contexts from a pool. {@link #close} frees them; closed while
 * calls run, it frees the rest as they return. No call may begin after it.
 */
public final class ChunkCompressor implements AutoCloseable {
  /** For what does not promise much. */
  public static final int LEVEL_DEFAULT = 1;

  /** For what does: it takes a fifth longer there, and saves 4 %. */
  static final int LEVEL_CLOSE = 3;

  /** Up to this length a dictionary makes a difference. */
  public static final int DICTIONARY_BYTES_MAX = 64 << 10;

  /** Below this a zstd frame cannot save anything worth its header. */
  private static final int COMPRESSED_BYTES_MIN = 64;

  private final ZstdContextPool contexts;

  public ChunkCompressor() {
    this.contexts = new ZstdContextPool(LEVEL_DEFAULT, LEVEL_CLOSE);
  }

  /**
   * @param level zstd level for chunks of all lengths, -7 (fastest) to 19 (smallest)
   * @throws IllegalArgumentException if {@code level} is outside that
   */
  public ChunkCompressor(int level) {
    if (level < -7 || level > 19) {
      throw new IllegalArgumentException("zstd level is outside -7..19: " + level);
    }
    this.contexts = new ZstdContextPool(level, level);
  }

  /**
   * Compresses {@code length} bytes of {@code data} from {@code offset} if that is worth it.
   *
   * @throws IllegalArgumentException if {@code length} is over {@link Limits#CHUNK_BYTES_MAX}
   */
  public Compressed compress(byte[] data, int offset, int length) {
    return compress(null, data, offset, length);
  }

  /**
   * As {@link #compress(byte[], int, int)}, of numbers of {@code width} bytes: in planes where that
   * is at least 1/32 smaller than what that would be, which a sample tells mostly.
   *
   * @param width 1, 2, 4 or 8; nothing is gained for 1
   */
  public Compressed compressNumbers(int width, byte[] data, int offset, int length) {
    return compressNumbers(width, null, data, offset, length);
  }

  /**
   * As {@link #compressNumbers(int, byte[], int, int)}, with a dictionary where planes do not pay
   * and it makes a difference.
   *
   * @param dictionary null for none
   */
  public Compressed compressNumbers(
      int width, @Nullable ZstdDictionary dictionary, byte[] data, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, data.length);
    requireChunkLength(length);
    if (width == 1) {
      return compress(dictionary, data, offset, length);
    }
    Codec codec = Codec.planes(width);
    boolean repeats;
    byte[] planes;
    ZstdContext context = contexts.take();
    try {
      planes = PlaneCodec.encode(width, data, offset, length, smaller(length), context);
      repeats = planes == null || Compressibility.repeats(data, offset, length, context);
    } finally {
      contexts.give(context);
    }
    // apart, bytes are distributed more unevenly: together they can only gain by repeats
    Compressed plain =
        repeats
            ? compress(dictionary, data, offset, length)
            : new Compressed(Codec.STORED, data, offset, length);
    return planes != null && planes.length <= smaller(plain.length())
        ? new Compressed(codec, planes, 0, planes.length)
        : plain;
  }

  /**
   * What differs between {@code length} bytes of {@code data} and a base, which it takes to read
   * it.
   *
   * @param width of the numbers that it is: 1, 2, 4 or 8
   * @param base of {@code length} bytes
   * @return empty if that would not be at least 1/32 smaller than {@code alternativeBytes}
   */
  public Optional<Compressed> compressDelta(
      int width, byte[] data, int offset, int length, byte[] base, int alternativeBytes) {
    Objects.checkFromIndexSize(offset, length, data.length);
    requireChunkLength(length);
    Codec codec = Codec.delta(width);
    if (base.length != length) {
      throw new IllegalArgumentException(
          "base of " + length + " bytes has another length: " + base.length);
    }
    ZstdContext context = contexts.take();
    try {
      byte[] difference = context.difference(length);
      Planes.difference(data, offset, base, length, difference);
      int bytesMax = smaller(Math.min(length, alternativeBytes));
      byte[] planes = PlaneCodec.encode(width, difference, 0, length, bytesMax, context);
      return Optional.ofNullable(planes)
          .map(bytes -> new Compressed(codec, bytes, 0, bytes.length));
    } finally {
      contexts.give(context);
    }
  }

  /** The most that is smaller than {@code bytes} by enough to take more trouble reading it. */
  private static int smaller(int bytes) {
    return bytes - Math.max(1, bytes / Compressibility.SAVING_MIN_FRACTION);
  }

  /**
   * As {@link #compress(byte[], int, int)}, with a dictionary where it makes a difference.
   *
   * @param dictionary null for none
   */
  public Compressed compress(
      @Nullable ZstdDictionary dictionary, byte[] data, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, data.length);
    requireChunkLength(length);
    Compressed stored = new Compressed(Codec.STORED, data, offset, length);
    if (length < COMPRESSED_BYTES_MIN) {
      return stored;
    }
    ZstdContext context = contexts.take();
    try {
      Prospect prospect = Compressibility.of(data, offset, length, context);
      if (prospect == Prospect.NONE) {
        return stored;
      }
      boolean closely = prospect == Prospect.MUCH;
      ZstdDictionary used = closely && length <= DICTIONARY_BYTES_MAX ? dictionary : null;
      int compressedLength =
          used != null
              ? context.compress(used, data, offset, length)
              : context.compress(closely, data, offset, length);
      if (compressedLength > length - length / Compressibility.SAVING_MIN_FRACTION) {
        return stored;
      }
      byte[] bytes = Arrays.copyOf(context.output(), compressedLength);
      return new Compressed(used != null ? used.codec() : Codec.ZSTD, bytes, 0, compressedLength);
    } finally {
      contexts.give(context);
    }
  }

  /**
   * The content of which {@link #compress} made {@code length} bytes of {@code bytes}. Allocates
   * {@code plainBytes} bytes, for planes half as many again, and no more, whatever the input
   * claims.
   *
   * @throws ChunkMalformedException if the bytes do not decode to exactly {@code plainBytes} bytes,
   *     or {@code plainBytes} is outside 0..{@link Limits#CHUNK_BYTES_MAX}
   */
  public byte[] decompress(Codec codec, byte[] bytes, int offset, int length, int plainBytes)
      throws ChunkMalformedException {
    requireLengths(bytes, offset, length, plainBytes);
    return switch (codec) {
      case STORED -> {
        if (length != plainBytes) {
          throw lengthMismatch(plainBytes, length);
        }
        yield Arrays.copyOfRange(bytes, offset, offset + length);
      }
      case ZSTD -> decompressZstd(null, bytes, offset, length, plainBytes);
      case ZSTD_DICTIONARY_1, ZSTD_DICTIONARY_2, ZSTD_DICTIONARY_3, ZSTD_DICTIONARY_4 ->
          throw new ChunkMalformedException("chunk needs a dictionary: " + codec);
      case PLANES_2, PLANES_4, PLANES_8 ->
          decompressPlanes(codec, bytes, offset, length, new byte[plainBytes]);
      case DELTA_1, DELTA_2, DELTA_4, DELTA_8 ->
          throw new ChunkMalformedException("chunk needs its base: " + codec);
    };
  }

  /**
   * The content of what was compressed with a dictionary; else as {@link #decompress(Codec, byte[],
   * int, int, int)}.
   */
  public byte[] decompress(
      ZstdDictionary dictionary, byte[] bytes, int offset, int length, int plainBytes)
      throws ChunkMalformedException {
    requireLengths(bytes, offset, length, plainBytes);
    return decompressZstd(dictionary, bytes, offset, length, plainBytes);
  }

  /**
   * The content of what {@link #compressDelta} made, which has the length of its base; else as
   * {@link #decompress(Codec, byte[], int, int, int)}.
   *
   * @param codec one that {@linkplain Codec#needsBase() needs a base}
   * @param base the content that it was made with; with any other the answer is another too
   */
  public byte[] decompressDelta(
      Codec codec, byte[] base, byte[] bytes, int offset, int length, int plainBytes)
      throws ChunkMalformedException {
    if (!codec.needsBase()) {
      throw new IllegalArgumentException("codec needs no base: " + codec);
    }
    requireLengths(bytes, offset, length, plainBytes);
    if (base.length != plainBytes) {
      throw new ChunkMalformedException(
          "chunk of " + plainBytes + " bytes has a base of " + base.length);
    }
    return decompressPlanes(codec, bytes, offset, length, base.clone());
  }

  private byte[] decompressPlanes(Codec codec, byte[] bytes, int offset, int length, byte[] plain)
      throws ChunkMalformedException {
    ZstdContext context = contexts.take();
    try {
      PlaneCodec.decode(codec.width(), bytes, offset, length, plain, context.decompressor());
      return plain;
    } finally {
      contexts.give(context);
    }
  }

  private static void requireLengths(byte[] bytes, int offset, int length, int plainBytes)
      throws ChunkMalformedException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (plainBytes < 0 || plainBytes > Limits.CHUNK_BYTES_MAX) {
      throw new ChunkMalformedException(
          "chunk length is outside 0.." + Limits.CHUNK_BYTES_MAX + ": " + plainBytes);
    }
  }

  private byte[] decompressZstd(
      @Nullable ZstdDictionary dictionary, byte[] bytes, int offset, int length, int plainBytes)
      throws ChunkMalformedException {
    if (length == 0) {
      throw new ChunkMalformedException("chunk is not a valid zstd frame: no bytes");
    }
    ZstdContext context = contexts.take();
    try {
      byte[] plain = new byte[plainBytes];
      int written =
          dictionary == null
              ? context.decompress(bytes, offset, length, plain)
              : context.decompress(dictionary, bytes, offset, length, plain);
      if (written != plainBytes) {
        throw lengthMismatch(plainBytes, written);
      }
      return plain;
    } catch (ZstdException e) {
      throw new ChunkMalformedException("chunk is not a valid zstd frame: " + e.getMessage(), e);
    } finally {
      contexts.give(context);
    }
  }

  private static ChunkMalformedException lengthMismatch(int expected, int found) {
    return new ChunkMalformedException(
        "chunk decodes to " + found + " bytes instead of " + expected);
  }

  private static void requireChunkLength(int length) {
    if (length > Limits.CHUNK_BYTES_MAX) {
      throw new IllegalArgumentException(
          "chunk is over " + Limits.CHUNK_BYTES_MAX + " bytes: " + length);
    }
  }

  @Override
  public void close() {
    contexts.close();
  }
}
