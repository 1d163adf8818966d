package io.aifs.server.catalog.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The bytes of a transaction: a version, then each operation as its code, its length and its
 * fields. See {@code docs/format/journal.md}.
 */
public final class OpCodec {
  private static final int VERSION = 1;

  public static byte[] encode(List<JournalOp> ops) {
    JournalOutput out = begin();
    ops.forEach(op -> append(out, op));
    return out.toBytes();
  }

  /** The bytes of a transaction without operations, to be appended to. */
  static JournalOutput begin() {
    JournalOutput out = new JournalOutput();
    out.octet(VERSION);
    return out;
  }

  static void append(JournalOutput out, JournalOp op) {
    JournalOutput fields = new JournalOutput();
    int code = write(op, fields);
    out.octet(code);
    out.bytes(fields.toBytes());
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
      case AssociationOp association -> AssociationOpCodec.write(association, fields);
      case PolicyOp policy -> PolicyOpCodec.write(policy, fields);
      case TokenOp token -> TokenOpCodec.write(token, fields);
      case AuditOp audit -> AuditOpCodec.write(audit, fields);
      case EmbeddingOp embedding -> EmbeddingOpCodec.write(embedding, fields);
    };
  }

  /**
   * Reads what {@link #encode} wrote; the bytes may be anything.
   *
   * @throws JournalMalformedException if they are something else, or of a later version
   */
  public static List<JournalOp> decode(byte[] payload) throws JournalMalformedException {
    List<JournalOp> ops = new ArrayList<>();
    decode(payload, Integer.MAX_VALUE, ops::addAll);
    return ops;
  }

  /**
   * Reads what {@link #encode} wrote, and shows at most {@code atATime} operations together.
   *
   * @throws JournalMalformedException if the bytes are something else, or of a later version
   */
  static void decode(byte[] payload, int atATime, Consumer<List<JournalOp>> visitor)
      throws JournalMalformedException {
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
      if (ops.size() >= atATime) {
        visitor.accept(ops);
        ops = new ArrayList<>();
      }
    }
    visitor.accept(ops);
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
        case 9 -> AssociationOpCodec.read(code, in);
        case 10 -> PolicyOpCodec.read(code, in);
        case 11 ->
            code < AuditOpCodec.FIRST ? TokenOpCodec.read(code, in) : AuditOpCodec.read(code, in);
        case 12 -> EmbeddingOpCodec.read(code, in);
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
