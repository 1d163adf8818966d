package io.aifs.core.chunk;

import com.github.luben.zstd.ZstdException;
import io.aifs.core.Limits;
import java.util.Arrays;
import java.util.Objects;

/**
 * Turns a chunk's content into the bytes to store, and back. What would save less than 1/32 is
 * stored as it is, and a quick look at a sample spares most such data the attempt.
 *
 * <p>Thread-safe; calls reuse native contexts from a pool. {@link #close} frees them; closed while
 * calls run, it frees the rest as they return. No call may begin after it.
 */
public final class ChunkCompressor implements AutoCloseable {
  public static final int LEVEL_DEFAULT = 1;

  /** Below this a zstd frame cannot save anything worth its header. */
  private static final int COMPRESSED_BYTES_MIN = 64;

  private final ZstdContextPool contexts;

  public ChunkCompressor() {
    this(LEVEL_DEFAULT);
  }

  /**
   * @param level zstd level, -7 (fastest) to 19 (smallest)
   * @throws IllegalArgumentException if {@code level} is outside that
   */
  public ChunkCompressor(int level) {
    if (level < -7 || level > 19) {
      throw new IllegalArgumentException("zstd level is outside -7..19: " + level);
    }
    this.contexts = new ZstdContextPool(level);
  }

  /**
   * Compresses {@code length} bytes of {@code data} from {@code offset} if that is worth it.
   *
   * @throws IllegalArgumentException if {@code length} is over {@link Limits#CHUNK_BYTES_MAX}
   */
  public Compressed compress(byte[] data, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, data.length);
    requireChunkLength(length);
    Compressed stored = new Compressed(Codec.STORED, data, offset, length);
    if (length < COMPRESSED_BYTES_MIN) {
      return stored;
    }
    ZstdContext context = contexts.take();
    try {
      if (!Compressibility.isLikely(data, offset, length, context)) {
        return stored;
      }
      int compressedLength = context.compress(data, offset, length);
      if (compressedLength > length - length / Compressibility.SAVING_MIN_FRACTION) {
        return stored;
      }
      byte[] bytes = Arrays.copyOf(context.output(), compressedLength);
      return new Compressed(Codec.ZSTD, bytes, 0, compressedLength);
    } finally {
      contexts.give(context);
    }
  }

  /**
   * The content of which {@link #compress} made {@code length} bytes of {@code bytes}. Allocates
   * {@code plainBytes} bytes and no more, whatever the input claims.
   *
   * @throws ChunkMalformedException if the bytes do not decode to exactly {@code plainBytes} bytes,
   *     or {@code plainBytes} is outside 0..{@link Limits#CHUNK_BYTES_MAX}
   */
  public byte[] decompress(Codec codec, byte[] bytes, int offset, int length, int plainBytes)
      throws ChunkMalformedException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (plainBytes < 0 || plainBytes > Limits.CHUNK_BYTES_MAX) {
      throw new ChunkMalformedException(
          "chunk length is outside 0.." + Limits.CHUNK_BYTES_MAX + ": " + plainBytes);
    }
    return switch (codec) {
      case STORED -> {
        if (length != plainBytes) {
          throw lengthMismatch(plainBytes, length);
        }
        yield Arrays.copyOfRange(bytes, offset, offset + length);
      }
      case ZSTD -> decompressZstd(bytes, offset, length, plainBytes);
    };
  }

  private byte[] decompressZstd(byte[] bytes, int offset, int length, int plainBytes)
      throws ChunkMalformedException {
    if (length == 0) {
      throw new ChunkMalformedException("chunk is not a valid zstd frame: no bytes");
    }
    ZstdContext context = contexts.take();
    try {
      byte[] plain = new byte[plainBytes];
      int written = context.decompress(bytes, offset, length, plain);
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
