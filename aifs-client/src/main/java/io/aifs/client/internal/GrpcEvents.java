package io.aifs.client.internal;

import io.aifs.client.EventOptions;
import io.aifs.client.EventSubscription;
import io.aifs.client.Events;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.proto.v1.SubscribeEventsRequest;

/** Events over the call SubscribeEvents. */
final class GrpcEvents implements Events {
  private final Caller caller;
  private final Name namespace;

  GrpcEvents(Caller caller, Name namespace) {
    this.caller = caller;
    this.namespace = namespace;
  }

  @Override
  public EventSubscription subscribe(EventOptions options) {
    SubscribeEventsRequest.Builder request =
        SubscribeEventsRequest.newBuilder()
            .setNamespace(namespace.value())
            .setIncludeLineage(options.types().isEmpty())
            .setEndAtNewest(!options.follow())
            .addAllTypes(options.types());
    options.paths().stream().map(TreePath::value).forEach(request::addPaths);
    options.kinds().forEach(kind -> request.addKinds(ToWire.kind(kind)));
    options.branches().stream().map(Name::value).forEach(request::addBranches);
    switch (options.start()) {
      case EventOptions.Start.Now _ -> {}
      case EventOptions.Start.Oldest _ -> request.setFromStart(true);
      case EventOptions.Start.After(String id) -> request.setAfterEventId(id);
    }
    return new EventRun(caller, request.build());
  }
}
