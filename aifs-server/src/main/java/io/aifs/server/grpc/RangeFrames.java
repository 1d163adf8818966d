package io.aifs.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.proto.v1.RangeFrame;
import io.aifs.proto.v1.ReadManyResponse;
import io.aifs.server.engine.RangesReader;
import io.aifs.server.grpc.gate.StatusMapper;
import java.util.function.Consumer;

/** Packs pieces of ranges into messages: many small ones into one. Not thread-safe. */
final class RangeFrames implements RangesReader.Sink {
  /** What a frame counts for beside its bytes, so that empty ones have an end too. */
  private static final int FRAME_OVERHEAD_BYTES = 32;

  private final Consumer<ReadManyResponse> messages;
  private final String requestId;
  private ReadManyResponse.Builder gathered = ReadManyResponse.newBuilder();
  private int gatheredBytes;
  private int begun = -1;

  /**
   * @param requestId names the call in failures
   */
  RangeFrames(Consumer<ReadManyResponse> messages, String requestId) {
    this.messages = messages;
    this.requestId = requestId;
  }

  @Override
  public void piece(RangesReader.Piece piece) {
    int from = piece.offset();
    int left = piece.length();
    do {
      int taken = Math.min(left, Limits.FRAME_BYTES - gatheredBytes);
      left -= taken;
      RangeFrame.Builder frame =
          RangeFrame.newBuilder()
              .setRange(piece.range())
              .setData(data(piece.bytes(), from, taken))
              .setLast(piece.last() && left == 0);
      if (piece.range() != begun) {
        begun = piece.range();
        frame.setAssetSize(piece.assetSize());
      }
      from += taken;
      add(frame.build(), taken);
    } while (left > 0);
  }

  /** A small part of a chunk is copied, so that a message does not keep whole chunks in memory. */
  private static ByteString data(byte[] bytes, int from, int length) {
    return length < bytes.length / 2
        ? ByteString.copyFrom(bytes, from, length)
        : UnsafeByteOperations.unsafeWrap(bytes, from, length);
  }

  @Override
  public void failed(int range, AifsException why) {
    ByteString error = StatusMapper.toProto(why, requestId).toByteString();
    add(
        RangeFrame.newBuilder().setRange(range).setLast(true).setError(error).build(),
        error.size());
  }

  private void add(RangeFrame frame, int bytes) {
    gathered.addFrames(frame);
    gatheredBytes += bytes + FRAME_OVERHEAD_BYTES;
    if (gatheredBytes >= Limits.FRAME_BYTES) {
      flush();
    }
  }

  /** Hands out what is left. */
  void flush() {
    if (gathered.getFramesCount() > 0) {
      messages.accept(gathered.build());
      gathered = ReadManyResponse.newBuilder();
      gatheredBytes = 0;
    }
  }
}
