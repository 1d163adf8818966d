package io.aifs.client.internal;

import com.google.protobuf.ByteString;
import io.aifs.client.ProofDemand;
import io.aifs.client.ReadTarget;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RangeProof;
import io.aifs.proto.v1.ContentGrpc;
import io.aifs.proto.v1.ReadProof;
import io.aifs.proto.v1.ReadRequest;
import io.aifs.proto.v1.ReadResponse;
import io.grpc.MethodDescriptor;
import io.grpc.StatusException;
import java.util.Optional;

/**
 * One logical read of a range, frame by frame. When the connection breaks it goes on from the byte
 * it has reached. Bytes that come with a proof are verified against the asset's id before they are
 * given. One thread at a time; any thread may close.
 */
final class AssetReader implements AutoCloseable {
  private static final MethodDescriptor<ReadRequest, ReadResponse> METHOD =
      ContentGrpc.getReadMethod();
  private static final String CLOSED = "the read was closed";

  private final Caller caller;
  private final ReadRequest request;
  private final CallContext context;
  private final Backoff backoff;
  private final AssetInfo asset;
  private final long end;
  private volatile boolean closed;
  private volatile Exchange<ReadRequest, ReadResponse> exchange;
  private final ProofCheck proofs;
  private final Optional<RangeProof> rangeProof;
  private ReadResponse pending;
  private long position;

  /**
   * @param proof what the server is asked for
   * @param demand whether it must give it
   */
  AssetReader(
      Caller caller,
      Name namespace,
      ReadTarget target,
      AskedRange range,
      ReadProof proof,
      ProofDemand demand) {
    long offset = range.offset();
    Optional<Long> length = range.length();
    this.caller = caller;
    this.request = request(namespace, target, range).setProof(proof).build();
    this.context = caller.newContext(METHOD);
    this.backoff = caller.newBackoff();
    Opened opened = open(request);
    this.exchange = opened.exchange;
    try {
      this.asset = Caller.decoded(opened.head.getMetadata(), FromWire::asset, context);
      long available = Math.max(0, asset.size() - offset);
      long expected = length.map(wanted -> Math.min(wanted, available)).orElse(available);
      requireHead(opened.head, offset, expected);
      if (!isOf(target, asset.id())) {
        throw nonsense("it is of another asset");
      }
      this.proofs = new ProofCheck(asset, demand, context);
      this.rangeProof = rangeProof(opened.head, expected);
      this.position = offset;
      this.end = offset + expected;
      this.pending = withoutProof(opened.head);
    } catch (AifsException e) {
      exchange.cancel("the answer was wrong");
      throw e;
    }
  }

  private static boolean isOf(ReadTarget target, Digest answered) {
    return switch (target) {
      case ReadTarget.ById(var id) -> id.equals(answered);
      case ReadTarget.Found(_, _, var id) -> id.equals(answered);
      case ReadTarget.ByPath _ -> true;
    };
  }

  /** A range as it was asked for; the length empty meaning to the end. */
  record AskedRange(long offset, Optional<Long> length) {
    AskedRange {
      requireNotNegative("offset", offset);
      length.ifPresent(bytes -> requireNotNegative("length", bytes));
    }
  }

  private record Opened(Exchange<ReadRequest, ReadResponse> exchange, ReadResponse head) {}

  private Optional<RangeProof> rangeProof(ReadResponse head, long length) {
    proofs.requireProof(head.getProof());
    return head.getProof().isEmpty()
        ? Optional.empty()
        : Optional.of(proofs.parse(head.getProof(), head.getOffset(), length));
  }

  private static ReadRequest.Builder request(Name namespace, ReadTarget target, AskedRange range) {
    ReadRequest.Builder request =
        ReadRequest.newBuilder().setNamespace(namespace.value()).setOffset(range.offset());
    range.length().ifPresent(request::setLength);
    switch (target) {
      case ReadTarget.ById(var id) -> request.setAssetId(id.hex());
      case ReadTarget.Found(var ref, var path, var id) ->
          request.setAssetId(id.hex()).setBranch(ref.toString()).setFoundPath(path.value());
      case ReadTarget.ByPath(var ref, var path) ->
          request.setBranch(ref.toString()).setPath(path.value());
    }
    return request;
  }

  private static void requireNotNegative(String field, long value) {
    if (value < 0) {
      throw new AifsException.InvalidRequest(
          Reason.ARGUMENT_INVALID, field, field + " is negative: " + value, "");
    }
  }

  /** The first message's bytes, whose proof is of the whole range. */
  private static ReadResponse withoutProof(ReadResponse head) {
    return ReadResponse.newBuilder().setData(head.getData()).build();
  }

  AssetInfo asset() {
    return asset;
  }

  /** The proof of the whole range, if the server was asked for it and gave it. */
  Optional<RangeProof> rangeProof() {
    return rangeProof;
  }

  /** Where the next frame begins. */
  long position() {
    return position;
  }

  long end() {
    return end;
  }

  /**
   * The next bytes of the range; empty at its end, when the server has ended the call too. After a
   * failure the reader is of no use but to be closed.
   */
  ByteString next() {
    while (true) {
      try {
        Optional<ReadResponse> message = received();
        if (message.isEmpty()) {
          return ended();
        }
        if (!message.get().getData().isEmpty()) {
          return counted(message.get());
        }
      } catch (StatusException e) {
        Failure failure = FailureMapper.of(e, context);
        if (failure.passing() && position == end) {
          return ByteString.EMPTY; // All is here; only the farewell is lost.
        }
        caller.awaitRetry(backoff, failure, context);
        resume();
      } catch (InterruptedException _) {
        throw FailureMapper.interrupted(context);
      } catch (StalledException e) {
        throw FailureMapper.stalled(e, context);
      }
    }
  }

  private Optional<ReadResponse> received()
      throws InterruptedException, StalledException, StatusException {
    if (!pending.getData().isEmpty()) {
      ReadResponse message = pending;
      pending = ReadResponse.getDefaultInstance();
      return Optional.of(message);
    }
    return exchange.next(caller.stallTimeout());
  }

  private ByteString ended() {
    if (position < end) {
      throw nonsense("it ends at byte " + position + " of " + end);
    }
    return ByteString.EMPTY;
  }

  private ByteString counted(ReadResponse message) {
    ByteString frame = message.getData();
    if (frame.size() > end - position) {
      throw nonsense("it holds more bytes than were asked for");
    }
    proofs.requireProven(frame, message.getProof(), position);
    position += frame.size();
    backoff.reset();
    return frame;
  }

  private void resume() {
    ReadRequest.Builder rest = request.toBuilder().setOffset(position).setLength(end - position);
    if (request.getProof() == ReadProof.READ_PROOF_RANGE) {
      rest.setProof(ReadProof.READ_PROOF_PIECES); // that of the whole range has come
    }
    Opened opened = open(rest.build());
    exchange = opened.exchange;
    if (closed) {
      exchange.cancel(CLOSED);
    }
    requireHead(opened.head, position, end - position);
    if (!opened.head.getMetadata().getAssetId().equals(asset.id().hex())) {
      throw FailureMapper.of(
          context,
          new AifsException.Conflict(
              Reason.MOVED_MEANWHILE,
              "the path names another asset since the connection broke",
              "read it again from the start"));
    }
    pending = withoutProof(opened.head);
  }

  private Opened open(ReadRequest opening) {
    while (true) {
      Exchange<ReadRequest, ReadResponse> opened = caller.transfer(METHOD, context);
      boolean handedOver = false;
      try {
        opened.send(opening, false);
        opened.finishSending();
        Optional<ReadResponse> head = opened.next(caller.stallTimeout());
        handedOver = head.isPresent();
        return new Opened(opened, head.orElseThrow(() -> nonsense("no message")));
      } catch (StatusException e) {
        caller.awaitRetry(backoff, FailureMapper.of(e, context), context);
      } catch (InterruptedException _) {
        throw FailureMapper.interrupted(context);
      } catch (StalledException e) {
        throw FailureMapper.stalled(e, context);
      } finally {
        if (!handedOver) {
          opened.cancel("the read did not begin");
        }
      }
    }
  }

  private void requireHead(ReadResponse head, long offset, long length) {
    if (head.getOffset() != offset || head.getLength() != length) {
      throw nonsense(
          "it covers %d bytes from %d, not %d from %d"
              .formatted(head.getLength(), head.getOffset(), length, offset));
    }
  }

  private AifsException nonsense(String what) {
    return FailureMapper.nonsense(context, what, null);
  }

  CallContext context() {
    return context;
  }

  /** Ends the call if it has not ended. */
  @Override
  public void close() {
    closed = true;
    exchange.cancel(CLOSED);
  }
}
