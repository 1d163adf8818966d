package io.aifs.client.internal;

import io.aifs.client.Search.BuildListener;
import io.aifs.client.Search.IndexStatus;
import io.aifs.core.model.Name;
import io.aifs.proto.v1.BuildIndexProgress;
import io.aifs.proto.v1.BuildIndexRequest;
import io.aifs.proto.v1.SearchGrpc;
import io.grpc.StatusException;
import java.util.Optional;

/** One building of an index: passes on how far it is. Not tried again: it is long. */
final class IndexBuildRun {
  private final Caller caller;
  private final BuildIndexRequest request;
  private final BuildListener listener;
  private final CallContext context;

  IndexBuildRun(Caller caller, Name namespace, Name space, BuildListener listener) {
    this.caller = caller;
    this.request =
        BuildIndexRequest.newBuilder()
            .setNamespace(namespace.value())
            .setSpace(space.value())
            .build();
    this.listener = listener;
    this.context = caller.newContext(SearchGrpc.getBuildIndexMethod());
  }

  IndexStatus run() {
    try {
      return attempt();
    } catch (StatusException e) {
      throw FailureMapper.of(e, context).exception();
    }
  }

  private IndexStatus attempt() throws StatusException {
    Exchange<BuildIndexRequest, BuildIndexProgress> exchange =
        caller.transfer(SearchGrpc.getBuildIndexMethod(), context);
    try {
      exchange.send(request, false);
      exchange.finishSending();
      Optional<IndexStatus> built = Optional.empty();
      while (true) {
        Optional<BuildIndexProgress> message = exchange.next(caller.stallTimeout());
        if (message.isEmpty()) {
          return built.orElseThrow(
              () -> FailureMapper.nonsense(context, "it ends without an index", null));
        }
        listener.progress(message.get().getDone(), message.get().getTotal());
        if (message.get().hasIndex()) {
          built = Optional.of(SearchWire.index(message.get().getIndex()));
        }
      }
    } catch (InterruptedException _) {
      throw FailureMapper.interrupted(context);
    } catch (StalledException e) {
      throw FailureMapper.stalled(e, context);
    } finally {
      exchange.cancel("the build was given up");
    }
  }
}
