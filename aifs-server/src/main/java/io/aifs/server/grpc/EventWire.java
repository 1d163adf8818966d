package io.aifs.server.grpc;

import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.Event;
import io.aifs.server.engine.event.FeedEvent;

/** Events as messages. */
final class EventWire {
  private EventWire() {}

  static Event event(Name namespace, FeedEvent event) {
    Event.Builder message =
        Event.newBuilder()
            .setEventId(event.id().toString())
            .setEventType(event.type())
            .setNamespace(namespace.value())
            .setTimestamp(event.at().toEpochMilli())
            .setVersion(event.version())
            .setDirectory(event.directory())
            .putAllMetadata(event.details());
    event.asset().map(Digest::hex).ifPresent(message::setAssetId);
    event.branch().ifPresent(message::setBranch);
    event.fromPath().map(TreePath::value).ifPresent(message::setFromPath);
    event
        .path()
        .ifPresent(
            path -> {
              message.setPath(path.value());
              message.putMetadata("path", path.value());
            });
    event
        .about()
        .ifPresent(
            about -> {
              message.setKind(Wire.kind(about.kind())).setSize(about.bytes());
              message.putMetadata("kind", about.kind().name());
              message.putMetadata("size", Long.toString(about.bytes()));
            });
    return message.build();
  }
}
