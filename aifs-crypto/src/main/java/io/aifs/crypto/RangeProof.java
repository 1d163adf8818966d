package io.aifs.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What it takes, beside a range's own bytes, to recompute the BLAKE3 digest of the whole content:
 * the chaining values of the subtrees that the range does not touch, the rest of the chunks that it
 * touches in part, and the last chunk, which proves the size. Of the content it shows less than 3
 * KiB beside the range. Its length grows with the logarithm of the content's size, not with the
 * range. Byte for byte in {@code docs/format/range-proof.md}. Immutable and thread-safe.
 *
 * <p>A proof alone shows nothing: {@link RangeProofVerifier} needs the bytes too.
 */
public final class RangeProof {
  /** No proof is longer, whatever the content. */
  public static final int BYTES_MAX = 8 << 10;

  private static final byte[] MAGIC = "AIFRANGE".getBytes(US_ASCII);
  private static final int VERSION = 1;

  /** Magic, version, asset id, size, offset, length. */
  static final int HEADER_BYTES = 8 + 2 + Digest.BYTES + 3 * Long.BYTES;

  private final Digest asset;
  private final RangeProofShape shape;
  private final byte[] body;

  private RangeProof(Digest asset, RangeProofShape shape, byte[] body) {
    this.asset = asset;
    this.shape = shape;
    this.body = body;
  }

  /**
   * @param body everything behind the header, of the length that the shape wants; not copied
   */
  static RangeProof of(Digest asset, RangeProofShape shape, byte[] body) {
    if (body.length != shape.bodyBytes()) {
      throw new IllegalArgumentException(
          "body is not " + shape.bodyBytes() + " bytes: " + body.length);
    }
    return new RangeProof(asset, shape, body);
  }

  /**
   * Reads what {@link #toBytes} wrote, which is copied. Takes no more memory than {@code encoded}
   * does, whatever it says.
   *
   * @throws RangeProofBrokenException if it is not a range proof, is cut or has too much
   * @throws NewerRangeProofException if it is of a later version
   */
  public static RangeProof parse(byte[] encoded)
      throws RangeProofBrokenException, NewerRangeProofException {
    if (encoded.length < HEADER_BYTES || !Arrays.equals(encoded, 0, 8, MAGIC, 0, 8)) {
      throw new RangeProofBrokenException("this is not a range proof");
    }
    ByteBuffer in = ByteBuffer.wrap(encoded).position(MAGIC.length);
    int version = in.getShort() & 0xffff;
    if (version != VERSION) {
      throw new NewerRangeProofException(
          "the range proof is of version " + version + "; this build reads " + VERSION);
    }
    Digest asset = Digest.fromBytes(encoded, in.position());
    in.position(in.position() + Digest.BYTES);
    RangeProofShape shape = shape(in.getLong(), in.getLong(), in.getLong());
    if (in.remaining() != shape.bodyBytes()) {
      throw new RangeProofBrokenException(
          "the range proof is not %d bytes: %d"
              .formatted(HEADER_BYTES + shape.bodyBytes(), encoded.length));
    }
    return new RangeProof(asset, shape, Arrays.copyOfRange(encoded, HEADER_BYTES, encoded.length));
  }

  private static RangeProofShape shape(long size, long offset, long length)
      throws RangeProofBrokenException {
    try {
      return new RangeProofShape(size, offset, length);
    } catch (IllegalArgumentException e) {
      throw new RangeProofBrokenException("the range proof is of no range: " + e.getMessage());
    }
  }

  /** The form that {@link #parse} reads: at most {@link #BYTES_MAX} bytes. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(HEADER_BYTES + body.length)
        .put(MAGIC)
        .putShort((short) VERSION)
        .put(asset.toBytes())
        .putLong(shape.size())
        .putLong(shape.offset())
        .putLong(shape.length())
        .put(body)
        .array();
  }

  /** The digest of the whole content. */
  public Digest asset() {
    return asset;
  }

  /** Bytes of the whole content. */
  public long size() {
    return shape.size();
  }

  /** Where in the content the range begins, in bytes. */
  public long offset() {
    return shape.offset();
  }

  /** Bytes of the range; may be 0, and then the proof is one of the size. */
  public long length() {
    return shape.length();
  }

  RangeProofShape shape() {
    return shape;
  }

  /** Values before the range, bytes before it, bytes behind it, values behind it, last chunk. */
  byte[] body() {
    return body;
  }
}
