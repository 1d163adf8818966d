package io.aifs.client.internal;

import com.google.protobuf.ByteString;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.ContentGrpc;
import io.aifs.proto.v1.RangeFrame;
import io.aifs.proto.v1.ReadManyRequest;
import io.aifs.proto.v1.ReadManyResponse;
import io.aifs.proto.v1.ReadRange;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** Gives ranges of assets in small frames, and fails calls as its script says. */
final class FakeRanges extends ContentGrpc.ContentImplBase {
  private static final int FRAME_BYTES = 1_000;
  private static final int FRAMES_TOGETHER = 3;

  /** How one call goes wrong: after so many messages, with this failure; empty: silence. */
  record Break(int afterMessages, Optional<RuntimeException> failure) {}

  final LinkedBlockingQueue<Break> breaks = new LinkedBlockingQueue<>();
  final List<ReadManyRequest> requests = new CopyOnWriteArrayList<>();

  /** What each id gives, which is something else in a server that lies. */
  final Map<String, byte[]> assets = new ConcurrentHashMap<>();

  /** Frames to be sent in place of the true ones, if there are any. */
  final List<RangeFrame> lies = new CopyOnWriteArrayList<>();

  Digest put(byte[] content) {
    Digest id = Digest.of(content);
    assets.put(id.hex(), content);
    return id;
  }

  @Override
  public void readMany(ReadManyRequest request, StreamObserver<ReadManyResponse> responses) {
    requests.add(request);
    List<RangeFrame> frames = lies.isEmpty() ? frames(request) : List.copyOf(lies);
    Optional<Break> broken = Optional.ofNullable(breaks.poll());
    int messages = 0;
    for (int from = 0; from < frames.size(); from += FRAMES_TOGETHER) {
      if (broken.isPresent() && broken.get().afterMessages() == messages) {
        broken.get().failure().ifPresent(responses::onError);
        return;
      }
      int to = Math.min(frames.size(), from + FRAMES_TOGETHER);
      responses.onNext(
          ReadManyResponse.newBuilder().addAllFrames(frames.subList(from, to)).build());
      messages++;
    }
    if (broken.isPresent()) {
      broken.get().failure().ifPresent(responses::onError);
    } else {
      responses.onCompleted();
    }
  }

  private List<RangeFrame> frames(ReadManyRequest request) {
    List<RangeFrame> frames = new ArrayList<>();
    for (int range = 0; range < request.getRangesCount(); range++) {
      addFrames(range, request.getRanges(range), frames);
    }
    return frames;
  }

  private void addFrames(int range, ReadRange wanted, List<RangeFrame> frames) {
    byte[] content = assets.get(wanted.getAssetId());
    if (content == null) {
      frames.add(
          RangeFrame.newBuilder().setRange(range).setLast(true).setError(notFound()).build());
      return;
    }
    int at = (int) wanted.getOffset();
    int end =
        wanted.hasLength()
            ? (int) Math.min(content.length, at + wanted.getLength())
            : content.length;
    boolean first = true;
    do {
      int count = Math.min(FRAME_BYTES, end - at);
      RangeFrame.Builder frame =
          RangeFrame.newBuilder()
              .setRange(range)
              .setData(ByteString.copyFrom(content, at, count))
              .setAssetSize(first ? content.length : 0);
      at += count;
      first = false;
      frames.add(frame.setLast(at == end).build());
    } while (at < end);
  }

  private static ByteString notFound() {
    RuntimeException failure =
        FakeFailures.of(
            io.grpc.Status.Code.NOT_FOUND,
            "no such asset",
            FakeFailures.info("ASSET_NOT_FOUND", Map.of("hint", "look again")));
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    return status == null ? ByteString.EMPTY : status.toByteString();
  }
}
