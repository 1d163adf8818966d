package io.aifs.client.internal;

import io.aifs.client.Lineage.Limit;
import io.aifs.client.Lineage.Page;
import io.aifs.proto.v1.LineageGrpc;
import io.aifs.proto.v1.TraverseRequest;
import io.aifs.proto.v1.TraverseResponse;
import io.grpc.StatusException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One walk: passes on its pages and returns what cut it. */
final class LineageWalk {
  private final Caller caller;
  private final TraverseRequest request;
  private final Consumer<Page> pages;
  private final CallContext context;
  private boolean begun;

  LineageWalk(Caller caller, TraverseRequest request, Consumer<Page> pages) {
    this.caller = caller;
    this.request = request;
    this.pages = pages;
    this.context = caller.newContext(LineageGrpc.getTraverseMethod());
  }

  Set<Limit> run() {
    Backoff backoff = caller.newBackoff();
    while (true) {
      try {
        return attempt();
      } catch (StatusException e) {
        Failure failure = FailureMapper.of(e, context);
        // Once a page was passed on, a new walk would tell it twice.
        caller.awaitRetry(backoff, begun ? Failure.lasting(failure.exception()) : failure, context);
      }
    }
  }

  private Set<Limit> attempt() throws StatusException {
    Exchange<TraverseRequest, TraverseResponse> exchange =
        caller.transfer(LineageGrpc.getTraverseMethod(), context);
    try {
      exchange.send(request, false);
      exchange.finishSending();
      Set<Limit> limits = EnumSet.noneOf(Limit.class);
      while (true) {
        Optional<TraverseResponse> message = exchange.next(caller.stallTimeout());
        if (message.isEmpty()) {
          return limits;
        }
        begun = true;
        message.get().getCutByList().forEach(limit -> limits.add(LineageWire.limit(limit)));
        pages.accept(Caller.decoded(message.get(), LineageWire::page, context));
      }
    } catch (InterruptedException _) {
      throw FailureMapper.interrupted(context);
    } catch (StalledException e) {
      throw FailureMapper.stalled(e, context);
    } finally {
      exchange.cancel("the walk was given up");
    }
  }
}
