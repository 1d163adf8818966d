package io.aifs.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.aifs.core.Limits;
import io.aifs.server.engine.ContentReader;
import java.util.function.Consumer;

/** Gathers verified content into frames, without copying it. Not thread-safe. */
final class ContentFrames implements ContentReader.Sink {
  private final Consumer<ByteString> frames;
  private ByteString gathered = ByteString.EMPTY;

  ContentFrames(Consumer<ByteString> frames) {
    this.frames = frames;
  }

  @Override
  public void accept(byte[] bytes, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      int taken = Math.min(left, Limits.FRAME_BYTES - gathered.size());
      gathered = gathered.concat(UnsafeByteOperations.unsafeWrap(bytes, from, taken));
      from += taken;
      left -= taken;
      if (gathered.size() == Limits.FRAME_BYTES) {
        flush();
      }
    }
  }

  /** Hands out what is left. */
  void flush() {
    if (!gathered.isEmpty()) {
      frames.accept(gathered);
      gathered = ByteString.EMPTY;
    }
  }
}
