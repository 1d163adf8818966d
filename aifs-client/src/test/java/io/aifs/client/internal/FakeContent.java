package io.aifs.client.internal;

import com.google.protobuf.ByteString;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.ArrayContent;
import io.aifs.proto.v1.AssetMetadata;
import io.aifs.proto.v1.ContentGrpc;
import io.aifs.proto.v1.ReadProof;
import io.aifs.proto.v1.ReadRequest;
import io.aifs.proto.v1.ReadResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;

/** Gives ranges of one asset, under flow control, and fails reads as its script says. */
final class FakeContent extends ContentGrpc.ContentImplBase {
  private static final int FRAME_BYTES = 100_000;

  /** How one read goes wrong: after so many bytes of it, with this failure; empty: silence. */
  record Break(long afterBytes, Optional<RuntimeException> failure) {}

  final LinkedBlockingQueue<Break> breaks = new LinkedBlockingQueue<>();
  final List<ReadRequest> requests = new CopyOnWriteArrayList<>();
  final CountDownLatch cancelled = new CountDownLatch(1);

  /** What it says that it gives; differs from the truth in a server that lies. */
  volatile Digest id;

  volatile long size;

  /** Whether it proves ranges, as servers did not from the beginning. */
  volatile boolean proves;

  /** What becomes of each message on its way. */
  volatile UnaryOperator<ReadResponse> change = UnaryOperator.identity();

  private final byte[] content;

  FakeContent(byte[] content) {
    this.content = content;
    this.id = Digest.of(content);
    this.size = content.length;
  }

  @Override
  public void read(ReadRequest request, StreamObserver<ReadResponse> responses) {
    requests.add(request);
    var call = (ServerCallStreamObserver<ReadResponse>) responses;
    call.setOnCancelHandler(cancelled::countDown);
    long wanted = request.hasLength() ? request.getLength() : Long.MAX_VALUE;
    long length = Math.min(wanted, size - request.getOffset());
    Giving giving =
        new Giving(
            call,
            (int) request.getOffset(),
            length,
            proves ? request.getProof() : ReadProof.READ_PROOF_UNSPECIFIED,
            Optional.ofNullable(breaks.poll()));
    call.setOnReadyHandler(giving::give);
  }

  private final class Giving {
    private final ServerCallStreamObserver<ReadResponse> call;
    private final int offset;
    private final long length;
    private final ReadProof proof;
    private final Optional<Break> broken;
    private boolean begun;
    private boolean ended;
    private int given;

    Giving(
        ServerCallStreamObserver<ReadResponse> call,
        int offset,
        long length,
        ReadProof proof,
        Optional<Break> broken) {
      this.call = call;
      this.offset = offset;
      this.length = length;
      this.proof = proof;
      this.broken = broken;
    }

    void give() {
      while (!ended && call.isReady()) {
        if (broken.isPresent() && given >= broken.get().afterBytes()) {
          ended = true;
          broken.get().failure().ifPresent(call::onError);
        } else if (!begun) {
          begun = true;
          call.onNext(change.apply(head()));
        } else if (offset + given < content.length && given < length) {
          call.onNext(change.apply(frame()));
        } else {
          ended = true;
          call.onCompleted();
        }
      }
    }

    private ReadResponse head() {
      boolean proven = proof == ReadProof.READ_PROOF_RANGE;
      return ReadResponse.newBuilder()
          .setProof(proven ? proof(offset, length) : ByteString.EMPTY)
          .setOffset(offset)
          .setLength(length)
          .setMetadata(
              AssetMetadata.newBuilder()
                  .setAssetId(id.hex())
                  .setSize(size)
                  .setCreatedAt("2026-11-21T10:11:12.123456+00:00"))
          .build();
    }

    private ReadResponse frame() {
      int count =
          (int) Math.min(Math.min(FRAME_BYTES, length - given), content.length - offset - given);
      ByteString data = ByteString.copyFrom(content, offset + given, count);
      boolean proven = proof != ReadProof.READ_PROOF_UNSPECIFIED;
      ByteString ofFrame = proven ? proof(offset + given, count) : ByteString.EMPTY;
      given += count;
      return ReadResponse.newBuilder().setData(data).setProof(ofFrame).build();
    }

    private ByteString proof(long from, long count) {
      return ByteString.copyFrom(ArrayContent.prove(content, from, count).toBytes());
    }
  }
}
