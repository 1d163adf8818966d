package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.EventRow;

/** Bytes of {@link EventOp}: codes 0x40 to 0x4f. */
final class EventOpCodec {
  private static final int APPEND = 0x40;

  static int write(EventOp op, JournalOutput out) {
    return switch (op) {
      case EventOp.Append(EventRow event) -> {
        out.unsigned(event.sequence());
        out.unsigned(event.namespace());
        out.text(event.type());
        out.instant(event.at());
        out.list(event.assets(), JournalOutput::digest);
        out.map(event.details());
        yield APPEND;
      }
    };
  }

  static EventOp read(int code, JournalInput in) throws JournalMalformedException {
    if (code != APPEND) {
      throw OpCodec.unknown(code);
    }
    return new EventOp.Append(
        new EventRow(
            in.unsigned(),
            in.unsigned(),
            in.text(),
            in.instant(),
            in.list(JournalInput::digest),
            in.map()));
  }

  private EventOpCodec() {}
}
