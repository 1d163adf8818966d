package io.aifs.client.internal;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.aifs.core.Limits;
import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Cuts a stream into frames and, if wanted, digests it on the way. Not thread-safe. */
final class FrameReader {
  private final InputStream in;
  private final Optional<Hasher> hasher;
  private long length;

  FrameReader(InputStream in, boolean digesting) {
    this.in = in;
    this.hasher = digesting ? Optional.of(Hasher.digestOnly()) : Optional.empty();
  }

  /** The next bytes; empty at the end. */
  ByteString next() throws IOException {
    // A new array each time: a transport may hold the last one until the other side has read it.
    byte[] frame = new byte[Limits.FRAME_BYTES];
    int count = in.read(frame, 0, frame.length);
    // What a pipe has now is sent now: waiting for a full frame would look like a stall.
    while (count > 0 && count < frame.length && in.available() > 0) {
      int more = in.read(frame, count, frame.length - count);
      if (more <= 0) {
        break;
      }
      count += more;
    }
    if (count <= 0) {
      return ByteString.EMPTY;
    }
    length += count;
    if (hasher.isPresent()) {
      hasher.get().update(frame, 0, count);
    }
    byte[] kept = count < frame.length / 2 ? Arrays.copyOf(frame, count) : frame;
    return UnsafeByteOperations.unsafeWrap(kept, 0, count);
  }

  /** Of all that was read; empty if it is not digested. */
  Optional<Digest> digest() {
    return hasher.map(Hasher::finish);
  }

  long length() {
    return length;
  }
}
