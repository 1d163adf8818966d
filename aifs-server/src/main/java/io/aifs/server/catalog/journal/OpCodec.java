package io.aifs.server.catalog.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a transaction: a version, then each operation as its code, its length and its
 * fields. See {@code docs/format/journal.md}.
 */
public final class OpCodec {
  private static final int VERSION = 1;

  public static byte[] encode(List<JournalOp> ops) {
    JournalOutput out = new JournalOutput();
    out.octet(VERSION);
    for (JournalOp op : ops) {
      JournalOutput fields = new JournalOutput();
      int code = write(op, fields);
      out.octet(code);
      out.bytes(fields.toBytes());
    }
    return out.toBytes();
  }

  private static int write(JournalOp op, JournalOutput fields) {
    return switch (op) {
      case NamespaceOp namespace -> NamespaceOpCodec.write(namespace, fields);
      case AssetOp asset -> AssetOpCodec.write(asset, fields);
      case TreeOp tree -> TreeOpCodec.write(tree, fields);
      case WorkingOp working -> WorkingOpCodec.write(working, fields);
      case EventOp event -> EventOpCodec.write(event, fields);
      case LedgerOp ledger -> LedgerOpCodec.write(ledger, fields);
      case StoreOp store -> StoreOpCodec.write(store, fields);
      case SnapshotOp snapshot -> SnapshotOpCodec.write(snapshot, fields);
      case RefOp ref -> RefOpCodec.write(ref, fields);
    };
  }

  /**
   * Reads what {@link #encode} wrote; the bytes may be anything.
   *
   * @throws JournalMalformedException if they are something else, or of a later version
   */
  public static List<JournalOp> decode(byte[] payload) throws JournalMalformedException {
    JournalInput in = new JournalInput(payload);
    int version = in.octet();
    if (version != VERSION) {
      throw new JournalMalformedException("version " + version + " of a transaction is not known");
    }
    List<JournalOp> ops = new ArrayList<>();
    while (!in.atEnd()) {
      int code = in.octet();
      JournalInput fields = in.part();
      ops.add(read(code, fields));
      fields.requireEnd();
    }
    return ops;
  }

  private static JournalOp read(int code, JournalInput in) throws JournalMalformedException {
    try {
      return switch (code >> 4) {
        case 1 -> NamespaceOpCodec.read(code, in);
        case 2 -> AssetOpCodec.read(code, in);
        case 3 ->
            code < WorkingOpCodec.FIRST
                ? TreeOpCodec.read(code, in)
                : WorkingOpCodec.read(code, in);
        case 4 -> EventOpCodec.read(code, in);
        case 5 -> LedgerOpCodec.read(code, in);
        case 6 -> StoreOpCodec.read(code, in);
        case 7 -> SnapshotOpCodec.read(code, in);
        case 8 -> RefOpCodec.read(code, in);
        default -> throw unknown(code);
      };
    } catch (IllegalArgumentException e) {
      throw new JournalMalformedException("a field is not what it must be: " + e.getMessage(), e);
    }
  }

  static JournalMalformedException unknown(int code) {
    return new JournalMalformedException("operation %#04x is not known".formatted(code));
  }

  private OpCodec() {}
}
