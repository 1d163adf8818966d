package io.aifs.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.aifs.core.Limits;
import io.aifs.server.engine.ContentReader;

/**
 * Gathers verified content into frames, without copying it. They end at multiples of the frame's
 * size. Not thread-safe.
 */
final class ContentFrames implements ContentReader.Sink {
  /** Takes a frame. */
  @FunctionalInterface
  interface Taker {
    /**
     * @param start where its first byte is
     */
    void take(long start, ByteString data);
  }

  private final Taker taker;
  private ByteString gathered = ByteString.EMPTY;
  private long start;

  /**
   * @param start where the first byte is, by which frames are counted
   */
  ContentFrames(long start, Taker taker) {
    this.start = start;
    this.taker = taker;
  }

  @Override
  public void accept(byte[] bytes, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      int room = Limits.FRAME_BYTES - (int) (start % Limits.FRAME_BYTES) - gathered.size();
      int taken = Math.min(left, room);
      gathered = gathered.concat(UnsafeByteOperations.unsafeWrap(bytes, from, taken));
      from += taken;
      left -= taken;
      if (taken == room) {
        flush();
      }
    }
  }

  /** Hands out what is left. */
  void flush() {
    if (!gathered.isEmpty()) {
      taker.take(start, gathered);
      start += gathered.size();
      gathered = ByteString.EMPTY;
    }
  }
}
