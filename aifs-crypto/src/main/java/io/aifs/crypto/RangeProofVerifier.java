package io.aifs.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks that bytes are a range of content of a certain digest, at a certain place, without the
 * rest of the content, a network or a store. The bytes come in any pieces; one group of them is
 * held. Nothing is known before {@link #finish}: so few values cannot tell which byte is wrong. Who
 * must not wait for the end of a long range has it proven in parts. Not thread-safe.
 */
public final class RangeProofVerifier {
  private static final int VALUE_BYTES = Blake3Spec.VALUE_BYTES;
  private static final int CHUNK_BYTES = Blake3Spec.CHUNK_BYTES;
  private static final int READ_BYTES = 4 * Blake3Tree.GROUP_BYTES;

  private final RangeProof proof;
  private final RangeProofShape shape;
  private final Blake3Stack stack = new Blake3Stack();
  private byte[] pending = new byte[0];
  private int pendingBytes;

  /** Where in the content the pending bytes begin: at a chunk. */
  private long pendingStart;

  private long missing;
  private int bodyAt;
  private @Nullable Blake3Output last;
  private boolean finished;

  /** A verifier that has seen nothing of the range yet. */
  public RangeProofVerifier(RangeProof proof) {
    this.proof = proof;
    this.shape = proof.shape();
    this.missing = shape.length();
    this.pendingStart = shape.firstTouched() * CHUNK_BYTES;
    shape.eachBefore((chunk, level) -> pushValue(level));
    takeFromBody(shape.bytesBefore());
  }

  /**
   * Checks the whole range at once.
   *
   * @throws RangeProofBrokenException if these bytes are not the range that the proof is about
   */
  public static void verify(RangeProof proof, byte[] data, int offset, int length)
      throws RangeProofBrokenException {
    RangeProofVerifier verifier = new RangeProofVerifier(proof);
    verifier.update(data, offset, length);
    verifier.finish();
  }

  /**
   * Checks the range that {@code bytes} holds up to its end, or to the first byte too many.
   *
   * @throws RangeProofBrokenException if these bytes are not the range that the proof is about
   * @throws IOException if the stream fails
   */
  public static void verify(RangeProof proof, InputStream bytes) throws IOException {
    RangeProofVerifier verifier = new RangeProofVerifier(proof);
    byte[] buffer = new byte[READ_BYTES];
    for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
      verifier.update(buffer, 0, count);
    }
    verifier.finish();
  }

  /**
   * Takes in the next bytes of the range.
   *
   * @throws RangeProofBrokenException if they are more than the proof is about
   */
  public void update(byte[] data, int offset, int length) throws RangeProofBrokenException {
    Objects.checkFromIndexSize(offset, length, data.length);
    requireOpen();
    if (length > missing) {
      throw new RangeProofBrokenException(
          "there are more bytes than the " + shape.length() + " of the proof");
    }
    missing -= length;
    take(data, offset, length);
  }

  /**
   * Says whether all bytes were right. Nothing may follow.
   *
   * @throws RangeProofBrokenException if these bytes are not the range that the proof is about
   */
  public void finish() throws RangeProofBrokenException {
    requireOpen();
    finished = true;
    if (missing > 0) {
      throw new RangeProofBrokenException(
          "there are %d bytes, not the %d of the proof"
              .formatted(shape.length() - missing, shape.length()));
    }
    takeFromBody(shape.bytesAfter());
    shape.eachAfter((chunk, level) -> pushValue(level));
    Blake3Output end = last == null ? tail() : last;
    byte[] root = new byte[Digest.BYTES];
    stack.top(Blake3Mode.HASH, end).root(root);
    if (!Digest.fromBytes(root).equals(proof.asset())) {
      throw new RangeProofBrokenException(
          "these are not the %d bytes from %d of the %d bytes of asset %s, or the proof is not theirs"
              .formatted(shape.length(), shape.offset(), shape.size(), proof.asset()));
    }
  }

  private void requireOpen() {
    if (finished) {
      throw new IllegalStateException("the verifier has finished");
    }
  }

  private void pushValue(int level) {
    stack.push(Blake3Mode.HASH, proof.body(), bodyAt, level);
    bodyAt += VALUE_BYTES;
  }

  private void takeFromBody(int length) {
    take(proof.body(), bodyAt, length);
    bodyAt += length;
  }

  private Blake3Output tail() {
    return Blake3Output.ofChunk(
        Blake3Mode.HASH, proof.body(), bodyAt, shape.tailBytes(), shape.lastChunk());
  }

  /** Gathers bytes up to the next border of a group, where they are digested together. */
  private void take(byte[] data, int offset, int length) {
    int at = offset;
    int left = length;
    while (left > 0) {
      int wanted = wantedBytes();
      if (pendingBytes == 0 && left >= wanted) {
        digest(data, at, wanted);
        at += wanted;
        left -= wanted;
      } else {
        int taken = Math.min(left, wanted - pendingBytes);
        pend(data, at, taken);
        at += taken;
        left -= taken;
        if (pendingBytes == wanted) {
          flush();
        }
      }
    }
  }

  private int wantedBytes() {
    long group = pendingStart / Blake3Tree.GROUP_BYTES;
    long end = Math.min((group + 1) * Blake3Tree.GROUP_BYTES, touchedEnd());
    return (int) (end - pendingStart);
  }

  private long touchedEnd() {
    return Math.min(shape.size(), shape.endTouched() * CHUNK_BYTES);
  }

  private void pend(byte[] data, int offset, int length) {
    if (pending.length == 0) {
      pending = new byte[(int) Math.min(Blake3Tree.GROUP_BYTES, touchedEnd() - pendingStart)];
    }
    System.arraycopy(data, offset, pending, pendingBytes, length);
    pendingBytes += length;
  }

  private void flush() {
    if (pendingBytes > 0) {
      int length = pendingBytes;
      pendingBytes = 0;
      digest(pending, 0, length);
    }
  }

  /** Digests bytes of one group that end at a chunk's end, or the content's. */
  private void digest(byte[] data, int offset, int length) {
    long start = pendingStart;
    boolean atEnd = start + length == shape.size();
    pendingStart += length;
    if (start % Blake3Tree.GROUP_BYTES == 0 && (atEnd || length == Blake3Tree.GROUP_BYTES)) {
      Blake3Output group =
          Blake3Tree.group(
              Blake3Kernels.BEST,
              Blake3Mode.HASH,
              data,
              offset,
              length,
              start / Blake3Tree.GROUP_BYTES);
      if (atEnd) {
        last = group;
      } else {
        byte[] value = new byte[VALUE_BYTES];
        group.chainingValue(value, 0);
        stack.push(Blake3Mode.HASH, value, 0);
      }
      return;
    }
    long firstChunk = start / CHUNK_BYTES;
    int whole = atEnd ? (length - 1) / CHUNK_BYTES : length / CHUNK_BYTES;
    byte[] values = new byte[whole * VALUE_BYTES];
    Blake3Kernels.BEST.chunks(Blake3Mode.HASH, data, offset, whole, firstChunk, values, 0);
    for (int i = 0; i < whole; i++) {
      stack.push(Blake3Mode.HASH, values, i * VALUE_BYTES, 0);
    }
    if (atEnd) {
      int used = whole * CHUNK_BYTES;
      last =
          Blake3Output.ofChunk(
              Blake3Mode.HASH, data, offset + used, length - used, firstChunk + whole);
    }
  }
}
