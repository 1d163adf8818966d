package io.aifs.client.internal;

import com.google.protobuf.ByteString;
import io.aifs.client.Content;
import io.aifs.client.PutOptions;
import io.aifs.client.PutOutcome;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.Chunk;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutAssetResponse;
import io.grpc.MethodDescriptor;
import io.grpc.StatusException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * One logical put: the same request id over all its attempts, each of which sends the whole
 * content, holds a few frames of it, and digests it on the way.
 */
final class AssetUpload {
  private static final MethodDescriptor<PutAssetRequest, PutAssetResponse> METHOD =
      AIFSGrpc.getPutAssetMethod();

  private final Caller caller;
  private final Name namespace;
  private final PutOptions options;
  private final Content content;
  private final CallContext context;

  AssetUpload(Caller caller, Name namespace, PutOptions options, Content content) {
    this.caller = caller;
    this.namespace = namespace;
    this.options = options;
    this.content = content;
    this.context = caller.newContext(METHOD);
  }

  PutOutcome run() {
    Backoff backoff = caller.newBackoff();
    while (true) {
      try (InputStream in = content.open()) {
        return attempt(new FrameReader(in, !caller.inProcess()));
      } catch (IOException e) {
        throw FailureMapper.unreadable(context, e);
      } catch (StatusException e) {
        Failure failure = FailureMapper.of(e, context);
        if (!content.repeatable()) {
          throw failure.exception();
        }
        caller.awaitRetry(backoff, failure, context);
      }
    }
  }

  private PutOutcome attempt(FrameReader frames) throws IOException, StatusException {
    ByteString first = frames.next();
    Exchange<PutAssetRequest, PutAssetResponse> exchange = caller.transfer(METHOD, context);
    try {
      boolean sentAll = send(exchange, first, frames);
      PutAssetResponse answer = answer(exchange, frames.length());
      if (!sentAll) {
        throw FailureMapper.nonsense(context, "it came before all was sent", null);
      }
      return checked(Caller.decoded(answer, FromWire::put, context), frames);
    } catch (InterruptedException _) {
      throw FailureMapper.interrupted(context);
    } catch (StalledException e) {
      throw FailureMapper.stalled(e, context);
    } finally {
      exchange.cancel("the put was given up");
    }
  }

  /** Returns false if the server ended the call before it had everything. */
  private boolean send(
      Exchange<PutAssetRequest, PutAssetResponse> exchange, ByteString first, FrameReader frames)
      throws IOException, InterruptedException, StalledException {
    PutAssetRequest.Builder opening =
        ToWire.put(namespace, options, context.requestId()).setTransaction(caller.transaction());
    ByteString frame = first;
    PutAssetRequest message = withData(opening, frame);
    while (true) {
      exchange.send(message, caller.compressesData() && FrameSample.compresses(frame));
      frame = frame.isEmpty() ? frame : frames.next();
      if (frame.isEmpty()) {
        exchange.finishSending();
        return true;
      }
      if (!exchange.awaitReady(caller.stallTimeout())) {
        return false;
      }
      message = withData(PutAssetRequest.newBuilder(), frame);
    }
  }

  private static PutAssetRequest withData(PutAssetRequest.Builder message, ByteString frame) {
    return frame.isEmpty()
        ? message.build()
        : message.addChunks(Chunk.newBuilder().setData(frame)).build();
  }

  private PutAssetResponse answer(
      Exchange<PutAssetRequest, PutAssetResponse> exchange, long sentBytes)
      throws InterruptedException, StalledException, StatusException {
    Optional<PutAssetResponse> answer =
        exchange.next(AnswerPatience.of(caller.stallTimeout(), options.kind(), sentBytes));
    if (answer.isEmpty() || exchange.next(caller.stallTimeout()).isPresent()) {
      throw FailureMapper.nonsense(context, "not exactly one message", null);
    }
    return answer.get();
  }

  private PutOutcome checked(PutOutcome outcome, FrameReader frames) {
    long sentBytes = frames.length();
    Digest sent = frames.digest().orElse(outcome.id());
    if (!outcome.id().equals(sent)) {
      throw FailureMapper.otherTaken(outcome.id(), sent, context);
    }
    // A server that knows only the old fields gives no size.
    return outcome.size() == sentBytes
        ? outcome
        : new PutOutcome(
            outcome.id(),
            sentBytes,
            outcome.storedBytes(),
            outcome.chunks(),
            outcome.newChunks(),
            outcome.version(),
            outcome.payloadProblem());
  }
}
