package io.aifs.server.catalog.journal;

import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.Name;
import io.aifs.core.model.VectorMetric;
import io.aifs.core.model.VectorStorage;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.EmbeddingRow.Quarantine;
import io.aifs.server.catalog.SpaceRow;

/** Bytes of {@link EmbeddingOp}: codes 0xc0 to 0xcf. */
final class EmbeddingOpCodec {
  private static final int PUT_SPACE = 0xc0;
  private static final int PUT = 0xc1;
  private static final int REMOVE = 0xc2;

  static int write(EmbeddingOp op, JournalOutput out) {
    return switch (op) {
      case EmbeddingOp.PutSpace(long namespace, SpaceRow row) -> {
        out.unsigned(namespace);
        out.text(row.space().name().value());
        out.unsigned(row.space().dimension());
        out.octet(row.space().metric().code());
        out.text(row.space().model());
        out.octet(row.space().storage().code());
        out.instant(row.createdAt());
        yield PUT_SPACE;
      }
      case EmbeddingOp.Put(long namespace, EmbeddingRow embedding) -> {
        out.unsigned(namespace);
        out.digest(embedding.asset());
        out.text(embedding.space());
        out.text(embedding.part());
        out.unsigned(embedding.dimension());
        out.digest(embedding.content());
        out.optional(embedding.quarantine(), EmbeddingOpCodec::writeQuarantine);
        yield PUT;
      }
      case EmbeddingOp.Remove(long namespace, EmbeddingKey key) -> {
        out.unsigned(namespace);
        out.digest(key.asset());
        out.text(key.space());
        out.text(key.part());
        yield REMOVE;
      }
    };
  }

  static EmbeddingOp read(int code, JournalInput in) throws JournalMalformedException {
    return switch (code) {
      case PUT_SPACE ->
          new EmbeddingOp.PutSpace(
              in.unsigned(),
              new SpaceRow(
                  new EmbeddingSpace(
                      new Name(in.text()),
                      in.count(),
                      VectorMetric.ofCode(in.octet()),
                      in.text(),
                      VectorStorage.ofCode(in.octet())),
                  in.instant()));
      case PUT ->
          new EmbeddingOp.Put(
              in.unsigned(),
              new EmbeddingRow(
                  in.digest(),
                  in.text(),
                  in.text(),
                  in.count(),
                  in.digest(),
                  in.optional(EmbeddingOpCodec::readQuarantine)));
      case REMOVE ->
          new EmbeddingOp.Remove(
              in.unsigned(), new EmbeddingKey(in.digest(), in.text(), in.text()));
      default -> throw OpCodec.unknown(code);
    };
  }

  private static void writeQuarantine(JournalOutput out, Quarantine quarantine) {
    out.text(quarantine.rule());
    out.instant(quarantine.since());
  }

  private static Quarantine readQuarantine(JournalInput in) throws JournalMalformedException {
    return new Quarantine(in.text(), in.instant());
  }

  private EmbeddingOpCodec() {}
}
