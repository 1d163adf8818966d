package io.aifs.core.chunk;

import static java.util.Objects.requireNonNull;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;
import com.github.luben.zstd.ZstdException;

/**
 * What small chunks of one place have in common, digested for zstd. Frames that were made with it
 * cannot be read without it. Thread-safe.
 *
 * <p>About a megabyte of native memory, which the library frees when nothing refers to it any more:
 * idle contexts may, for a while.
 */
public final class ZstdDictionary {
  /** Longer ones gain next to nothing. */
  public static final int BYTES_MAX = 112 << 10;

  private final Codec codec;
  private final byte[] bytes;
  private final ZstdDictDecompress forDecompression;
  private final ZstdDictCompress forCompression;

  private ZstdDictionary(Codec codec, byte[] bytes) {
    this.codec = codec;
    this.bytes = bytes;
    this.forDecompression = new ZstdDictDecompress(bytes);
    this.forCompression = new ZstdDictCompress(bytes, ChunkCompressor.LEVEL_CLOSE);
  }

  /**
   * The dictionary in {@code bytes}, which it keeps.
   *
   * @param codec what chunks compressed with it are said to be
   * @throws IllegalArgumentException if {@code codec} is of no dictionary
   * @throws ChunkMalformedException if the bytes are no dictionary that zstd made
   */
  public static ZstdDictionary of(Codec codec, byte[] bytes) throws ChunkMalformedException {
    requireNonNull(codec, "codec is null");
    if (!codec.needsDictionary()) {
      throw new IllegalArgumentException("codec needs no dictionary: " + codec);
    }
    if (bytes.length > BYTES_MAX || Zstd.getDictIdFromDict(bytes) == 0) {
      throw new ChunkMalformedException("not a zstd dictionary: " + bytes.length + " bytes");
    }
    try {
      return new ZstdDictionary(codec, bytes);
    } catch (ZstdException | IllegalStateException e) {
      throw new ChunkMalformedException("not a zstd dictionary: " + e.getMessage(), e);
    }
  }

  public Codec codec() {
    return codec;
  }

  /** A copy of what it was made of. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  ZstdDictDecompress forDecompression() {
    return forDecompression;
  }

  ZstdDictCompress forCompression() {
    return forCompression;
  }
}
