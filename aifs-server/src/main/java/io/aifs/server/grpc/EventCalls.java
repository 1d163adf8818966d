package io.aifs.server.grpc;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.proto.v1.Event;
import io.aifs.proto.v1.SubscribeEventsRequest;
import io.aifs.proto.v1.SubscribeEventsResponse;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.event.EventFeed;
import io.aifs.server.engine.event.EventFilter;
import io.aifs.server.engine.event.EventId;
import io.aifs.server.engine.event.EventLog;
import io.aifs.server.engine.event.FilterText;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/** Begins streams of events. Thread-safe. */
final class EventCalls {
  private final EventFeed<Event> feed;
  private final EventLog log;
  private final Namespaces namespaces;
  private final Executor executor;

  /**
   * @param executor runs what a stream has to send, while it has
   */
  EventCalls(EventFeed<Event> feed, EventLog log, Namespaces namespaces, Executor executor) {
    this.feed = feed;
    this.log = log;
    this.namespaces = namespaces;
    this.executor = executor;
  }

  void subscribe(SubscribeEventsRequest request, StreamObserver<SubscribeEventsResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    EventFilter filter = filter(request);
    EventFeed.From from = from(request);
    Optional<EventId> end =
        request.getEndAtNewest() ? Optional.of(log.newest(namespace)) : Optional.empty();
    EventStream stream =
        new EventStream((ServerCallStreamObserver<SubscribeEventsResponse>) observer, executor);
    stream.begin(
        feed.subscribe(namespace, from, ScopedEvents.of(Scope.current()), filter, stream::look),
        end);
  }

  private static EventFeed.From from(SubscribeEventsRequest request) {
    if (request.getAfterEventId().isEmpty()) {
      return request.getFromStart() ? new EventFeed.From.Start() : new EventFeed.From.Now();
    }
    if (request.getFromStart()) {
      throw Requests.invalid(
          Reason.ARGUMENT_INVALID,
          "from_start",
          "the request has both after_event_id and from_start",
          "send one of them");
    }
    return new EventFeed.From.After(request.getAfterEventId());
  }

  private static EventFilter filter(SubscribeEventsRequest request) {
    int terms =
        request.getTypesCount()
            + request.getPathsCount()
            + request.getKindsCount()
            + request.getBranchesCount();
    if (terms > FilterText.TERMS_MAX) {
      throw tooMany(terms);
    }
    List<String> types = request.getTypesList().stream().map(FilterText::type).toList();
    List<TreePath> paths = request.getPathsList().stream().map(FilterText::path).toList();
    Set<AssetKind> kinds = new HashSet<>();
    request.getKindsValueList().forEach(kind -> kinds.add(Requests.kind(kind)));
    List<Name> branches = new ArrayList<>();
    request.getBranchesList().forEach(name -> branches.add(Requests.name("branches", name)));
    return FilterText.parse(request.getFilter(), request.getIncludeLineage())
        .and(new EventFilter(types, paths, kinds, branches, false));
  }

  private static AifsException.InvalidRequest tooMany(int terms) {
    return Requests.invalid(
        Reason.LIMIT_EXCEEDED,
        "filter",
        "the filter has " + terms + " terms, over " + FilterText.TERMS_MAX,
        "name what the wanted ones have in common");
  }
}
