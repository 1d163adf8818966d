package io.aifs.client.internal;

import io.aifs.core.AifsException;
import io.aifs.proto.v1.ReadSliceRequest;
import io.aifs.proto.v1.ReadSliceResponse;
import io.aifs.proto.v1.TensorsGrpc;
import io.aifs.schemas.tensor.Tensor;
import io.grpc.MethodDescriptor;
import io.grpc.StatusException;
import java.util.Optional;

/**
 * One logical read of a part of a tensor, into one buffer. When the connection breaks it begins
 * again.
 */
final class SliceRead {
  private static final MethodDescriptor<ReadSliceRequest, ReadSliceResponse> METHOD =
      TensorsGrpc.getReadSliceMethod();

  private final Caller caller;
  private final ReadSliceRequest request;
  private final CallContext context;

  SliceRead(Caller caller, ReadSliceRequest request) {
    this.caller = caller;
    this.request = request;
    this.context = caller.newContext(METHOD);
  }

  /**
   * The part, whole.
   *
   * @throws AifsException.LimitExceeded if it does not fit one array
   */
  Tensor run() {
    Backoff backoff = caller.newBackoff();
    while (true) {
      try {
        return attempt();
      } catch (StatusException e) {
        caller.awaitRetry(backoff, FailureMapper.of(e, context), context);
      }
    }
  }

  private Tensor attempt() throws StatusException {
    Exchange<ReadSliceRequest, ReadSliceResponse> exchange = caller.transfer(METHOD, context);
    try {
      exchange.send(request, false);
      exchange.finishSending();
      ReadSliceResponse first =
          exchange
              .next(caller.stallTimeout())
              .orElseThrow(() -> FailureMapper.nonsense(context, "no message", null));
      SliceAssembly assembly =
          Caller.decoded(first, message -> SliceAssembly.of(request, message), context);
      Optional<ReadSliceResponse> message = Optional.of(first);
      while (message.isPresent()) {
        var _ = Caller.decoded(message.get().getData(), assembly::add, context);
        message = exchange.next(caller.stallTimeout());
      }
      return Caller.decoded(assembly, SliceAssembly::tensor, context);
    } catch (InterruptedException _) {
      throw FailureMapper.interrupted(context);
    } catch (StalledException e) {
      throw FailureMapper.stalled(e, context);
    } finally {
      exchange.cancel("the read was given up");
    }
  }
}
