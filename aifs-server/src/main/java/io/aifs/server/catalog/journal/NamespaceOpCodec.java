package io.aifs.server.catalog.journal;

import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.Name;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.NamespaceRow;

/** Bytes of {@link NamespaceOp}: codes 0x10 to 0x1f. */
final class NamespaceOpCodec {
  private static final int CREATE = 0x10;

  static int write(NamespaceOp op, JournalOutput out) {
    return switch (op) {
      case NamespaceOp.Create(NamespaceRow row) -> {
        out.unsigned(row.number());
        out.text(row.name().value());
        out.text(row.description());
        out.instant(row.createdAt());
        out.map(row.metadata());
        out.raw(row.domain().toBytes());
        out.unsigned(row.chunker().bytesMin());
        out.unsigned(row.chunker().bytesTarget());
        out.unsigned(row.chunker().bytesMax());
        yield CREATE;
      }
    };
  }

  static NamespaceOp read(int code, JournalInput in) throws JournalMalformedException {
    if (code != CREATE) {
      throw OpCodec.unknown(code);
    }
    return new NamespaceOp.Create(
        new NamespaceRow(
            in.unsigned(),
            new Name(in.text()),
            in.text(),
            in.instant(),
            in.map(),
            DomainId.fromBytes(in.raw(DomainId.BYTES)),
            new ChunkerParameters(in.count(), in.count(), in.count())));
  }

  private NamespaceOpCodec() {}
}
