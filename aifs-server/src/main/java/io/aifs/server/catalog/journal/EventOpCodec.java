package io.aifs.server.catalog.journal;

import io.aifs.crypto.Digest;
import io.aifs.server.catalog.EventItem;
import io.aifs.server.catalog.EventItems;
import io.aifs.server.catalog.EventRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Bytes of {@link EventOp}: codes 0x40 to 0x4f. */
final class EventOpCodec {
  private static final int APPEND = 0x40;
  private static final int APPEND_WITH_ITEMS = 0x41;

  static int write(EventOp op, JournalOutput out) {
    return switch (op) {
      case EventOp.Append(EventRow event) -> {
        out.unsigned(event.sequence());
        out.unsigned(event.namespace());
        out.text(event.type());
        out.instant(event.at());
        out.list(event.assets(), JournalOutput::digest);
        out.map(event.details());
        if (event.items().isEmpty()) {
          yield APPEND;
        }
        out.bytes(EventItems.encode(event.items()));
        yield APPEND_WITH_ITEMS;
      }
    };
  }

  static EventOp read(int code, JournalInput in) throws JournalMalformedException {
    if (code != APPEND && code != APPEND_WITH_ITEMS) {
      throw OpCodec.unknown(code);
    }
    long sequence = in.unsigned();
    long namespace = in.unsigned();
    String type = in.text();
    Instant at = in.instant();
    List<Digest> assets = in.list(JournalInput::digest);
    Map<String, String> details = in.map();
    List<EventItem> items = code == APPEND_WITH_ITEMS ? items(in.bytes(), assets) : List.of();
    return new EventOp.Append(new EventRow(sequence, namespace, type, at, assets, details, items));
  }

  private static List<EventItem> items(byte[] bytes, List<Digest> assets)
      throws JournalMalformedException {
    try {
      return EventItems.decode(bytes, assets);
    } catch (IllegalArgumentException e) {
      throw new JournalMalformedException("items of an event cannot be read", e);
    }
  }

  private EventOpCodec() {}
}
