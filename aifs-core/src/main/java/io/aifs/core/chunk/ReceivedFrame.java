package io.aifs.core.chunk;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.aifs.core.Limits;
import java.util.Arrays;

/**
 * Opens chunks that came ready to be stored. Stricter than {@link ChunkCompressor#decompress}, as
 * what passes here is kept as it came: one frame, nothing behind it, and smaller than its content.
 */
public final class ReceivedFrame {
  /**
   * The content of a frame: the frame's own array if that is nothing else, or else {@code
   * plainBytes} new bytes and no more, whatever it claims.
   *
   * @throws ChunkMalformedException if the frame is not just what a client makes of a chunk of
   *     {@code plainBytes} bytes, or that is outside 1..{@link Limits#CHUNK_BYTES_MAX}
   */
  public static byte[] open(Compressed frame, int plainBytes) throws ChunkMalformedException {
    if (plainBytes < 1 || plainBytes > Limits.CHUNK_BYTES_MAX) {
      throw new ChunkMalformedException(
          "length is outside 1.." + Limits.CHUNK_BYTES_MAX + ": " + plainBytes);
    }
    return switch (frame.codec()) {
      case STORED -> stored(frame, plainBytes);
      case ZSTD -> zstd(frame, plainBytes);
      case ZSTD_DICTIONARY_1, ZSTD_DICTIONARY_2, ZSTD_DICTIONARY_3, ZSTD_DICTIONARY_4 ->
          throw new ChunkMalformedException("codec needs a dictionary that only the store has");
      case PLANES_2, PLANES_4, PLANES_8 -> planes(frame, plainBytes);
      case DELTA_1, DELTA_2, DELTA_4, DELTA_8 ->
          throw new ChunkMalformedException("codec needs a base that only the store has");
    };
  }

  private static byte[] stored(Compressed frame, int plainBytes) throws ChunkMalformedException {
    if (frame.length() != plainBytes) {
      throw new ChunkMalformedException(
          "chunk of " + plainBytes + " bytes came with " + frame.length());
    }
    return frame.bytes().length == plainBytes
        ? frame.bytes()
        : Arrays.copyOfRange(frame.bytes(), frame.offset(), frame.offset() + frame.length());
  }

  private static byte[] zstd(Compressed frame, int plainBytes) throws ChunkMalformedException {
    requireSmaller(frame, plainBytes);
    try {
      requireOneFrame(frame);
      byte[] plain = new byte[plainBytes];
      long written =
          Zstd.decompressByteArray(
              plain, 0, plainBytes, frame.bytes(), frame.offset(), frame.length());
      if (written != plainBytes) {
        throw new ChunkMalformedException(
            "frame decodes to " + written + " bytes instead of " + plainBytes);
      }
      return plain;
    } catch (ZstdException e) {
      throw new ChunkMalformedException("frame does not decode: " + e.getMessage(), e);
    }
  }

  /** Allocates one plane more. */
  private static byte[] planes(Compressed frame, int plainBytes) throws ChunkMalformedException {
    requireSmaller(frame, plainBytes);
    byte[] plain = new byte[plainBytes];
    try (ZstdDecompressCtx zstd = new ZstdDecompressCtx()) {
      PlaneCodec.decode(
          frame.codec().width(), frame.bytes(), frame.offset(), frame.length(), plain, zstd);
    }
    return plain;
  }

  private static void requireSmaller(Compressed frame, int plainBytes)
      throws ChunkMalformedException {
    if (frame.length() >= plainBytes) {
      throw new ChunkMalformedException(
          "frame of " + frame.length() + " bytes saves nothing of " + plainBytes);
    }
  }

  private static void requireOneFrame(Compressed frame) throws ChunkMalformedException {
    long found =
        frame.length() == 0
            ? 0
            : Zstd.findFrameCompressedSize(frame.bytes(), frame.offset(), frame.length());
    if (found == 0 || found != frame.length()) {
      throw new ChunkMalformedException("frame is not one whole zstd frame and nothing else");
    }
  }

  private ReceivedFrame() {}
}
