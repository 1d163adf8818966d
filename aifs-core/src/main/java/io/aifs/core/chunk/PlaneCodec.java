package io.aifs.core.chunk;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers in planes, each stored the way that suits it; see {@code docs/format/chunking.md}. Behind
 * the lengths of all planes stand the planes, and then what is left of the last number. A plane is
 * one byte, which is all of its bytes; or as long as it is, and then as it is; or else one zstd
 * frame.
 *
 * <p>The high bytes of weights have few values and the low ones are noise: apart, the first take a
 * third of their length and the others cost no attempt.
 */
final class PlaneCodec {
  /** Bytes of the stored length of a plane. */
  private static final int LENGTH_BYTES = 3;

  /** Fewer numbers save nothing worth the lengths. */
  static final int NUMBERS_MIN = 16;

  /** A plane of one value. */
  private static final int CONSTANT_BYTES = 1;

  private PlaneCodec() {}

  /**
   * The planes of {@code length} bytes of {@code data}, in new bytes; null if that would take more
   * than {@code bytesMax}, of which a sample tells most of the time.
   *
   * @param bytesMax at most {@code length}
   */
  static byte @Nullable [] encode(
      int width, byte[] data, int offset, int length, int bytesMax, ZstdContext context) {
    int count = length / width;
    if (count < NUMBERS_MIN) {
      return null;
    }
    boolean[] worth = PlaneSample.worthTrying(width, data, offset, count);
    int least = width * LENGTH_BYTES + length % width;
    for (boolean one : worth) {
      least += one ? CONSTANT_BYTES : count;
    }
    if (least > bytesMax) {
      return null;
    }
    byte[] planes = context.planes(width * count);
    Planes.split(width, data, offset, count, planes);
    byte[] out = context.framed(length + width * LENGTH_BYTES);
    int at = width * LENGTH_BYTES;
    for (int plane = 0; plane < width; plane++) {
      int bytes = putPlane(planes, plane * count, count, worth[plane], out, at, context);
      putLength(out, plane * LENGTH_BYTES, bytes);
      at += bytes;
      if (at > bytesMax) {
        return null;
      }
    }
    int tail = length % width;
    System.arraycopy(data, offset + length - tail, out, at, tail);
    at += tail;
    return at > bytesMax ? null : Arrays.copyOf(out, at);
  }

  /** Writes a plane the shortest way and returns how many bytes that took. */
  private static int putPlane(
      byte[] planes, int from, int count, boolean worth, byte[] out, int at, ZstdContext context) {
    if (worth
        && Arrays.mismatch(planes, from, from + count - 1, planes, from + 1, from + count) < 0) {
      out[at] = planes[from];
      return CONSTANT_BYTES;
    }
    if (worth) {
      int frame = context.compress(false, planes, from, count);
      if (frame <= count - Math.max(1, count / Compressibility.SAVING_MIN_FRACTION)) {
        System.arraycopy(context.output(), 0, out, at, frame);
        return frame;
      }
    }
    System.arraycopy(planes, from, out, at, count);
    return count;
  }

  /**
   * Changes {@code plain} by XOR with the numbers in {@code length} bytes of {@code bytes}: zeros
   * become the numbers, and a base what differs from it by them. Allocates one plane of scratch.
   *
   * @throws ChunkMalformedException if the bytes are not just planes of as many bytes; {@code
   *     plain} may be changed in part then
   */
  static void decode(
      int width, byte[] bytes, int offset, int length, byte[] plain, ZstdDecompressCtx zstd)
      throws ChunkMalformedException {
    int count = plain.length / width;
    int tail = plain.length % width;
    requireLengths(width, bytes, offset, length, count, tail);
    byte[] scratch = new byte[0];
    int at = offset + width * LENGTH_BYTES;
    Planes.rotateLeft(width, count, plain);
    for (int plane = 0; plane < width; plane++) {
      int stored = getLength(bytes, offset + plane * LENGTH_BYTES);
      if (stored == CONSTANT_BYTES) {
        Planes.xorConstant(width, plane, bytes[at], count, plain);
      } else if (stored == count) {
        Planes.xorPlane(width, plane, bytes, at, count, plain);
      } else {
        scratch = scratch.length == 0 ? new byte[count] : scratch;
        inflate(bytes, at, stored, scratch, zstd);
        Planes.xorPlane(width, plane, scratch, 0, count, plain);
      }
      at += stored;
    }
    Planes.rotateRight(width, count, plain);
    for (int i = 0; i < tail; i++) {
      plain[plain.length - tail + i] ^= bytes[at + i];
    }
  }

  /** Refuses lengths that do not add up, before a byte is made of them. */
  private static void requireLengths(
      int width, byte[] bytes, int offset, int length, int count, int tail)
      throws ChunkMalformedException {
    long total = width * (long) LENGTH_BYTES + tail;
    if (count < NUMBERS_MIN || length < total) {
      throw new ChunkMalformedException("chunk is too short for planes: " + length + " bytes");
    }
    for (int plane = 0; plane < width; plane++) {
      int stored = getLength(bytes, offset + plane * LENGTH_BYTES);
      if (stored < CONSTANT_BYTES || stored > count) {
        throw new ChunkMalformedException(
            "chunk has " + stored + " bytes for " + count + " of plane " + plane);
      }
      total += stored;
    }
    if (total != length) {
      throw new ChunkMalformedException(
          "chunk has " + length + " bytes where its planes take " + total);
    }
  }

  private static void inflate(
      byte[] bytes, int at, int stored, byte[] plane, ZstdDecompressCtx zstd)
      throws ChunkMalformedException {
    try {
      if (Zstd.findFrameCompressedSize(bytes, at, stored) != stored) {
        throw new ChunkMalformedException("chunk has a plane that is not one zstd frame");
      }
      int written = zstd.decompressByteArray(plane, 0, plane.length, bytes, at, stored);
      if (written != plane.length) {
        throw new ChunkMalformedException(
            "chunk has a plane of " + written + " bytes instead of " + plane.length);
      }
    } catch (ZstdException e) {
      throw new ChunkMalformedException("chunk has a plane that does not decode: " + e, e);
    }
  }

  private static void putLength(byte[] out, int at, int value) {
    out[at] = (byte) (value >> 16);
    out[at + 1] = (byte) (value >> 8);
    out[at + 2] = (byte) value;
  }

  private static int getLength(byte[] in, int at) {
    return (in[at] & 0xff) << 16 | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff);
  }
}
