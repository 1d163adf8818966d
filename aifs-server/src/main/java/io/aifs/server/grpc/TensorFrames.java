package io.aifs.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.aifs.core.Limits;
import io.aifs.server.engine.ContentReader;
import java.util.function.Consumer;

/**
 * Gathers bytes into frames of one size, which they are copied to: pieces of a slice may be of a
 * few bytes each. Not thread-safe.
 */
final class TensorFrames implements ContentReader.Sink {
  private final Consumer<ByteString> taker;
  private byte[] gathered = new byte[Limits.FRAME_BYTES];
  private int length;

  TensorFrames(Consumer<ByteString> taker) {
    this.taker = taker;
  }

  @Override
  public void accept(byte[] bytes, int offset, int count) {
    int from = offset;
    int left = count;
    while (left > 0) {
      int taken = Math.min(left, gathered.length - length);
      System.arraycopy(bytes, from, gathered, length, taken);
      length += taken;
      from += taken;
      left -= taken;
      if (length == gathered.length) {
        flush();
        gathered = new byte[Limits.FRAME_BYTES];
      }
    }
  }

  /** Hands out what is left; the last call. */
  void flush() {
    if (length > 0) {
      taker.accept(UnsafeByteOperations.unsafeWrap(gathered, 0, length));
      length = 0;
    }
  }
}
