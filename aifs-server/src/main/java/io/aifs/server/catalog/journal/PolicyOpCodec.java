package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.PolicyRow;

/** Bytes of {@link PolicyOp}: codes 0xa0 to 0xaf. */
final class PolicyOpCodec {
  private static final int ADD = 0xa0;

  static int write(PolicyOp op, JournalOutput out) {
    return switch (op) {
      case PolicyOp.Add(long namespace, PolicyRow row) -> {
        out.unsigned(namespace);
        out.unsigned(row.version());
        out.text(row.document());
        out.instant(row.setAt());
        out.text(row.who());
        out.text(row.reason());
        yield ADD;
      }
    };
  }

  static PolicyOp read(int code, JournalInput in) throws JournalMalformedException {
    if (code != ADD) {
      throw OpCodec.unknown(code);
    }
    return new PolicyOp.Add(
        in.unsigned(), new PolicyRow(in.unsigned(), in.text(), in.instant(), in.text(), in.text()));
  }

  private PolicyOpCodec() {}
}
