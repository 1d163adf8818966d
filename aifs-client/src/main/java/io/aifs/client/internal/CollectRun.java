package io.aifs.client.internal;

import io.aifs.client.Maintenance.Collection;
import io.aifs.proto.v1.CollectRequest;
import io.aifs.proto.v1.CollectResponse;
import io.aifs.proto.v1.CollectionSummary;
import io.aifs.proto.v1.MaintenanceGrpc;
import io.grpc.StatusException;
import java.util.Optional;
import java.util.function.Consumer;

/** One collection: passes on how far it is and returns what it did. Not tried again: it is long. */
final class CollectRun {
  private final Caller caller;
  private final CollectRequest request;
  private final Consumer<Collection> listener;
  private final CallContext context;

  CollectRun(Caller caller, CollectRequest request, Consumer<Collection> listener) {
    this.caller = caller;
    this.request = request;
    this.listener = listener;
    this.context = caller.newContext(MaintenanceGrpc.getCollectMethod());
  }

  Collection run() {
    try {
      return attempt();
    } catch (StatusException e) {
      throw FailureMapper.of(e, context).exception();
    }
  }

  private Collection attempt() throws StatusException {
    Exchange<CollectRequest, CollectResponse> exchange =
        caller.transfer(MaintenanceGrpc.getCollectMethod(), context);
    try {
      exchange.send(request, false);
      exchange.finishSending();
      Optional<Collection> summary = Optional.empty();
      while (true) {
        Optional<CollectResponse> message = exchange.next(caller.stallTimeout());
        if (message.isEmpty()) {
          return summary.orElseThrow(
              () -> FailureMapper.nonsense(context, "it ends without a summary", null));
        }
        switch (message.get().getEventCase()) {
          case PROGRESS -> listener.accept(collection(message.get().getProgress()));
          case SUMMARY -> summary = Optional.of(collection(message.get().getSummary()));
          case EVENT_NOT_SET -> {
            // Something that a later server tells.
          }
        }
      }
    } catch (InterruptedException _) {
      throw FailureMapper.interrupted(context);
    } catch (StalledException e) {
      throw FailureMapper.stalled(e, context);
    } finally {
      exchange.cancel("the collection was given up");
    }
  }

  private static Collection collection(CollectionSummary summary) {
    return new Collection(
        summary.getAssets(),
        summary.getRecords(),
        summary.getRecordBytes(),
        summary.getCondemnedRecords(),
        summary.getCondemnedBytes(),
        summary.getRescuedRecords(),
        summary.getPacksDropped(),
        summary.getPacksRewritten(),
        summary.getPacksDamaged(),
        summary.getFreedBytes(),
        summary.getOrphans(),
        summary.getOrphanBytes(),
        summary.getPendingBytes(),
        summary.getOpenUploads());
  }
}
