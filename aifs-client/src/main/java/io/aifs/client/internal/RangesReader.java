package io.aifs.client.internal;

import io.aifs.client.AssetRange;
import io.aifs.client.RangeOutcome;
import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.proto.v1.ContentGrpc;
import io.aifs.proto.v1.RangeFrame;
import io.aifs.proto.v1.ReadManyRequest;
import io.aifs.proto.v1.ReadManyResponse;
import io.aifs.proto.v1.ReadRange;
import io.grpc.MethodDescriptor;
import io.grpc.StatusException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One logical read of many ranges, each handed over when it is complete. When the connection breaks
 * it goes on from the first range that was not. For one thread.
 */
final class RangesReader {
  private static final MethodDescriptor<ReadManyRequest, ReadManyResponse> METHOD =
      ContentGrpc.getReadManyMethod();

  private final Caller caller;
  private final Name namespace;
  private final Ref ref;
  private final List<AssetRange> ranges;
  private final RangeOutcome.Receiver receiver;
  private final CallContext context;
  private final Backoff backoff;
  private @Nullable RangeAssembly assembly;
  private int next;

  RangesReader(
      Caller caller,
      Name namespace,
      Ref ref,
      List<AssetRange> ranges,
      RangeOutcome.Receiver receiver) {
    this.caller = caller;
    this.namespace = namespace;
    this.ref = ref;
    this.ranges = List.copyOf(ranges);
    this.receiver = receiver;
    this.context = caller.newContext(METHOD);
    this.backoff = caller.newBackoff();
  }

  void run() throws IOException {
    while (next < ranges.size()) {
      int end = Math.min(ranges.size(), next + Limits.BATCH_ENTRIES_MAX);
      try {
        call(next, end);
      } catch (StatusException e) {
        Failure failure = FailureMapper.of(e, context);
        if (next < end || !failure.passing()) { // else all is here; only the farewell is lost
          caller.awaitRetry(backoff, failure, context);
        }
      } catch (InterruptedException _) {
        throw FailureMapper.interrupted(context);
      } catch (StalledException e) {
        throw FailureMapper.stalled(e, context);
      }
    }
  }

  /** Reads on up to {@code end}, or less if what is left is to be asked for anew. */
  private void call(int first, int end)
      throws IOException, InterruptedException, StalledException, StatusException {
    assembly = null;
    Exchange<ReadManyRequest, ReadManyResponse> exchange = caller.transfer(METHOD, context);
    try {
      exchange.send(request(first, end), false);
      exchange.finishSending();
      while (true) {
        Optional<ReadManyResponse> message = exchange.next(caller.stallTimeout());
        if (message.isEmpty()) {
          requireComplete(end);
          return;
        }
        for (RangeFrame frame : message.get().getFramesList()) {
          if (!take(first, end, frame)) {
            return;
          }
        }
      }
    } finally {
      exchange.cancel("done");
    }
  }

  private void requireComplete(int end) {
    if (next < end) {
      throw nonsense("it ends before range " + next + " does");
    }
  }

  private ReadManyRequest request(int first, int end) {
    ReadManyRequest.Builder request =
        ReadManyRequest.newBuilder().setNamespace(namespace.value()).setBranch(ref.toString());
    for (AssetRange range : ranges.subList(first, end)) {
      ReadRange.Builder one =
          ReadRange.newBuilder().setAssetId(range.asset().hex()).setOffset(range.offset());
      range.length().ifPresent(one::setLength);
      range.found().map(TreePath::value).ifPresent(one::setFoundPath);
      request.addRanges(one);
    }
    return request.build();
  }

  /** Takes a frame; false if more of its range would come in vain. */
  private boolean take(int first, int end, RangeFrame frame) throws IOException {
    if (next == end || frame.getRange() != next - first) {
      throw nonsense("range " + frame.getRange() + " is out of order");
    }
    RangeAssembly current = assembly;
    if (current == null) {
      current = new RangeAssembly(ranges.get(next), frame, context);
      assembly = current;
    }
    Optional<RangeOutcome> outcome = current.take(frame);
    if (outcome.isEmpty()) {
      return true;
    }
    assembly = null;
    int range = next++;
    backoff.reset();
    receiver.accept(range, outcome.get());
    return frame.getLast();
  }

  private AifsException nonsense(String what) {
    return FailureMapper.nonsense(context, what, null);
  }
}
