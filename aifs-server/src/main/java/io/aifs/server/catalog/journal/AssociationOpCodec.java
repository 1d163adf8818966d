package io.aifs.server.catalog.journal;

import io.aifs.core.model.AssociationData;
import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.server.catalog.AssociationKey;
import io.aifs.server.catalog.AssociationRow;
import io.aifs.server.catalog.AssociationTypeRow;
import java.util.List;

/** Bytes of {@link AssociationOp}: codes 0x90 to 0x9f. */
final class AssociationOpCodec {
  private static final int DECLARE = 0x90;
  private static final int PUT_ALL = 0x91;
  private static final int DELETE_ALL = 0x92;

  static int write(AssociationOp op, JournalOutput out) {
    return switch (op) {
      case AssociationOp.Declare(long namespace, List<AssociationTypeRow> types) -> {
        out.unsigned(namespace);
        out.list(types, AssociationOpCodec::writeType);
        yield DECLARE;
      }
      case AssociationOp.PutAll(long namespace, List<AssociationRow> rows) -> {
        out.unsigned(namespace);
        out.list(rows, AssociationOpCodec::writeRow);
        yield PUT_ALL;
      }
      case AssociationOp.DeleteAll(long namespace, List<AssociationKey> keys) -> {
        out.unsigned(namespace);
        out.list(keys, AssociationOpCodec::writeKey);
        yield DELETE_ALL;
      }
    };
  }

  private static void writeType(JournalOutput out, AssociationTypeRow type) {
    out.unsigned(type.number());
    out.text(type.name().value());
    out.unsigned(type.inverse());
  }

  private static void writeRow(JournalOutput out, AssociationRow row) {
    writeKey(out, row.key());
    out.signed(row.timeNanos());
    out.bytes(row.data().bytes());
  }

  private static void writeKey(JournalOutput out, AssociationKey key) {
    out.bytes(key.id1().toBytes());
    out.unsigned(key.type());
    out.bytes(key.id2().toBytes());
  }

  static AssociationOp read(int code, JournalInput in) throws JournalMalformedException {
    return switch (code) {
      case DECLARE ->
          new AssociationOp.Declare(in.unsigned(), in.list(AssociationOpCodec::readType));
      case PUT_ALL -> new AssociationOp.PutAll(in.unsigned(), in.list(AssociationOpCodec::readRow));
      case DELETE_ALL ->
          new AssociationOp.DeleteAll(in.unsigned(), in.list(AssociationOpCodec::readKey));
      default -> throw OpCodec.unknown(code);
    };
  }

  private static AssociationTypeRow readType(JournalInput in) throws JournalMalformedException {
    return new AssociationTypeRow(in.count(), new Name(in.text()), in.count());
  }

  private static AssociationRow readRow(JournalInput in) throws JournalMalformedException {
    AssociationKey key = readKey(in);
    return new AssociationRow(
        key.id1(), key.type(), key.id2(), in.signed(), new AssociationData(in.bytes()));
  }

  private static AssociationKey readKey(JournalInput in) throws JournalMalformedException {
    return new AssociationKey(
        ObjectId.fromBytes(in.bytes()), in.count(), ObjectId.fromBytes(in.bytes()));
  }

  private AssociationOpCodec() {}
}
