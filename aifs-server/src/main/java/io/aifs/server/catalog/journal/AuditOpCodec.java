package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.AuditHeadRow;

/** Bytes of {@link AuditOp}: codes 0xb8 to 0xbf. */
final class AuditOpCodec {
  /** The codes below belong to {@link TokenOpCodec}. */
  static final int FIRST = 0xb8;

  private static final int KEEP_HEAD = FIRST;

  static int write(AuditOp op, JournalOutput out) {
    return switch (op) {
      case AuditOp.KeepHead(AuditHeadRow head) -> {
        out.unsigned(head.sequence());
        out.digest(head.digest());
        out.digest(head.mac());
        yield KEEP_HEAD;
      }
    };
  }

  static AuditOp read(int code, JournalInput in) throws JournalMalformedException {
    if (code != KEEP_HEAD) {
      throw OpCodec.unknown(code);
    }
    return new AuditOp.KeepHead(new AuditHeadRow(in.unsigned(), in.digest(), in.digest()));
  }

  private AuditOpCodec() {}
}
