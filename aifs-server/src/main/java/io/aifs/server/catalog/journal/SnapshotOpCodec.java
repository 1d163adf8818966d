package io.aifs.server.catalog.journal;

import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.server.catalog.SnapshotNode;
import io.aifs.server.catalog.SnapshotRow;

/** Bytes of {@link SnapshotOp}: codes 0x70 to 0x7f. */
final class SnapshotOpCodec {
  private static final int ADD = 0x70;
  private static final int PRUNE = 0x71;

  static int write(SnapshotOp op, JournalOutput out) {
    return switch (op) {
      case SnapshotOp.Add(long namespace, SnapshotRow row) -> {
        out.unsigned(namespace);
        out.snapshotId(row.id());
        out.instant(row.node().createdAt());
        out.unsigned(row.node().generation());
        out.list(row.node().parents(), JournalOutput::snapshotId);
        WorkingOpCodec.writeRoot(out, row.roots().paths());
        WorkingOpCodec.writeRoot(out, row.roots().unnamed());
        out.bytes(row.statement());
        out.bytes(row.signature());
        yield ADD;
      }
      case SnapshotOp.Prune(long namespace, SnapshotId id) -> {
        out.unsigned(namespace);
        out.snapshotId(id);
        yield PRUNE;
      }
    };
  }

  static SnapshotOp read(int code, JournalInput in) throws JournalMalformedException {
    return switch (code) {
      case ADD ->
          new SnapshotOp.Add(
              in.unsigned(),
              new SnapshotRow(
                  new SnapshotNode(
                      in.snapshotId(),
                      in.instant(),
                      in.unsigned(),
                      in.list(JournalInput::snapshotId),
                      false),
                  new SnapshotRoots(WorkingOpCodec.readRoot(in), WorkingOpCodec.readRoot(in)),
                  in.bytes(),
                  in.bytes()));
      case PRUNE -> new SnapshotOp.Prune(in.unsigned(), in.snapshotId());
      default -> throw OpCodec.unknown(code);
    };
  }

  private SnapshotOpCodec() {}
}
