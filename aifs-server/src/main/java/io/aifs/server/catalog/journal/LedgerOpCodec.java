package io.aifs.server.catalog.journal;

import io.aifs.crypto.DomainId;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.util.List;

/** Bytes of {@link LedgerOp}: codes 0x50 to 0x5f. */
final class LedgerOpCodec {
  private static final int COMMIT = 0x50;
  private static final int PUT_KEY_FILE = 0x51;
  private static final int PACK_ID_BYTES = 16;

  static int write(LedgerOp op, JournalOutput out) {
    return switch (op) {
      case LedgerOp.Commit(List<LivePack> added, List<PackId> replaced) -> {
        out.list(added, LedgerOpCodec::writePack);
        out.list(replaced, (to, pack) -> to.raw(pack.toBytes()));
        yield COMMIT;
      }
      case LedgerOp.PutKeyFile(String name, byte[] content) -> {
        out.text(name);
        out.bytes(content);
        yield PUT_KEY_FILE;
      }
    };
  }

  static LedgerOp read(int code, JournalInput in) throws JournalMalformedException {
    return switch (code) {
      case COMMIT ->
          new LedgerOp.Commit(in.list(LedgerOpCodec::readPack), in.list(LedgerOpCodec::readPackId));
      case PUT_KEY_FILE -> new LedgerOp.PutKeyFile(in.text(), in.bytes());
      default -> throw OpCodec.unknown(code);
    };
  }

  private static void writePack(JournalOutput out, LivePack pack) {
    out.raw(pack.id().toBytes());
    out.raw(pack.domain().toBytes());
    out.unsigned(pack.syncedBytes());
    out.flag(pack.sealed());
  }

  private static LivePack readPack(JournalInput in) throws JournalMalformedException {
    return new LivePack(
        readPackId(in), DomainId.fromBytes(in.raw(DomainId.BYTES)), in.unsigned(), in.flag());
  }

  private static PackId readPackId(JournalInput in) throws JournalMalformedException {
    return PackId.fromBytes(in.raw(PACK_ID_BYTES));
  }

  private LedgerOpCodec() {}
}
