package io.aifs.client.internal;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import io.aifs.crypto.RangeProofBrokenException;
import io.aifs.crypto.RangeProofVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a read. When they are an asset's whole content they are digested on the way, and the
 * last of them are given only if all are what the id says; so they are if the proof of the whole
 * range is at hand. Not thread-safe, but any thread may close.
 */
final class AssetStream extends InputStream {
  private final AssetReader reader;
  private final @Nullable Hasher hasher;
  private final @Nullable RangeProofVerifier rangeProof;
  private ByteBuffer frame = ByteBuffer.allocate(0);
  private boolean verified;
  private @Nullable AifsException failure;
  private volatile boolean closed;

  AssetStream(AssetReader reader) {
    this.reader = reader;
    boolean whole = reader.position() == 0 && reader.end() == reader.asset().size();
    this.hasher = whole ? Hasher.digestOnly() : null;
    this.rangeProof = reader.rangeProof().map(RangeProofVerifier::new).orElse(null);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] out, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, out.length);
    if (closed) {
      throw new IOException("the stream is closed");
    }
    if (failure != null) {
      throw failure;
    }
    if (length == 0) {
      return 0;
    }
    try {
      return take(out, offset, length);
    } catch (AifsException e) {
      failure = e;
      reader.close();
      throw e;
    }
  }

  private int take(byte[] out, int offset, int length) {
    if (!frame.hasRemaining()) {
      frame = reader.next().asReadOnlyByteBuffer();
      if (!frame.hasRemaining()) {
        verify();
        return -1;
      }
    }
    int count = Math.min(length, frame.remaining());
    frame.get(out, offset, count);
    if (hasher != null) {
      hasher.update(out, offset, count);
    }
    if (rangeProof != null) {
      requireProven(verifier -> verifier.update(out, offset, count), rangeProof);
    }
    if (!frame.hasRemaining() && reader.position() == reader.end()) {
      verify();
    }
    return count;
  }

  private void verify() {
    if (verified) {
      return;
    }
    if (hasher != null) {
      Digest received = hasher.finish();
      if (!received.equals(reader.asset().id())) {
        throw FailureMapper.otherContent(reader.asset().id(), received, reader.context());
      }
    }
    if (rangeProof != null) {
      requireProven(RangeProofVerifier::finish, rangeProof);
    }
    verified = true;
  }

  /** A step of checking the proof of the whole range. */
  @FunctionalInterface
  private interface ProofStep {
    void run(RangeProofVerifier verifier) throws RangeProofBrokenException;
  }

  private void requireProven(ProofStep step, RangeProofVerifier verifier) {
    try {
      step.run(verifier);
    } catch (RangeProofBrokenException e) {
      throw FailureMapper.brokenProof(e, reader.context());
    }
  }

  @Override
  public int available() {
    return closed ? 0 : frame.remaining();
  }

  /** In pieces that are worth digesting. */
  @Override
  public long transferTo(OutputStream out) throws IOException {
    byte[] piece = new byte[Limits.FRAME_BYTES];
    long moved = 0;
    for (int count = read(piece, 0, piece.length); count >= 0; ) {
      out.write(piece, 0, count);
      moved += count;
      count = read(piece, 0, piece.length);
    }
    return moved;
  }

  @Override
  public void close() {
    closed = true;
    reader.close();
  }
}
