package io.aifs.client.internal;

import io.aifs.client.EventSubscription;
import io.aifs.client.StoreEvent;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.Event;
import io.aifs.proto.v1.SubscribeEventsRequest;
import io.aifs.proto.v1.SubscribeEventsResponse;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A subscription, and where it goes on after a cut. */
final class EventRun implements EventSubscription {
  private static final Set<String> FIELDS = Set.of("path", "from_path", "kind", "size", "branch");

  private final SubscribeEventsRequest request;
  private final ResumedStream<SubscribeEventsRequest, SubscribeEventsResponse> stream;
  private final ArrayDeque<Event> received = new ArrayDeque<>();
  private String reached = "";
  private String taken = "";

  EventRun(Caller caller, SubscribeEventsRequest request) {
    this.request = request;
    this.stream =
        new ResumedStream<>(
            caller, AIFSGrpc.getSubscribeEventsMethod(), this::resumed, ResumedStream.PATIENCE);
  }

  private SubscribeEventsRequest resumed() {
    return reached.isEmpty()
        ? request
        : request.toBuilder().clearFromStart().setAfterEventId(reached).build();
  }

  @Override
  public boolean hasNext() {
    while (received.isEmpty()) {
      Optional<SubscribeEventsResponse> message = stream.next();
      if (message.isEmpty()) {
        return false;
      }
      received.addAll(message.get().getEventsList());
      reached = message.get().getResumeAfter();
      if (received.isEmpty()) {
        taken = reached;
      }
    }
    return !stream.isClosed();
  }

  @Override
  public StoreEvent next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the subscription has ended");
    }
    Event event = received.remove();
    taken = received.isEmpty() ? reached : event.getEventId();
    return Caller.decoded(event, EventRun::event, stream.context());
  }

  private static StoreEvent event(Event event) {
    return new StoreEvent(
        event.getEventId(),
        event.getEventType(),
        Instant.ofEpochMilli(event.getTimestamp()),
        event.getVersion(),
        optional(event.getAssetId()).map(Digest::parse),
        event.hasKind() ? Optional.of(AssetKind.ofCode(event.getKindValue())) : Optional.empty(),
        event.hasSize() ? OptionalLong.of(event.getSize()) : OptionalLong.empty(),
        event.getDirectory() || !event.getPath().isEmpty()
            ? Optional.of(new TreePath(event.getPath()))
            : Optional.empty(),
        optional(event.getFromPath()).map(TreePath::new),
        event.getDirectory(),
        optional(event.getBranch()),
        details(event));
  }

  /** Without what older clients find there only. */
  private static Map<String, String> details(Event event) {
    Map<String, String> details = new HashMap<>(event.getMetadataMap());
    details.keySet().removeAll(FIELDS);
    return details;
  }

  private static Optional<String> optional(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  @Override
  public String resumeAfter() {
    return taken;
  }

  @Override
  public void close() {
    stream.close();
  }
}
