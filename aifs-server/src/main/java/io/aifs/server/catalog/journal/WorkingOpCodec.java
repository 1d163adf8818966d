package io.aifs.server.catalog.journal;

import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.server.catalog.TreePart;

/** Bytes of {@link WorkingOp}: codes 0x35 to 0x3f. */
final class WorkingOpCodec {
  static final int FIRST = 0x35;

  private static final int RESET = 0x35;
  private static final int FREEZE = 0x36;
  private static final int FOLDED = 0x37;
  private static final int GRAFT = 0x38;

  static int write(WorkingOp op, JournalOutput out) {
    return switch (op) {
      case WorkingOp.Reset(long namespace, Name branch, SnapshotRoots roots) -> {
        TreeOpCodec.writeBranch(out, namespace, branch);
        writeRoot(out, roots.paths());
        writeRoot(out, roots.unnamed());
        yield RESET;
      }
      case WorkingOp.Freeze(long namespace, Name branch, TreePart part) -> {
        TreeOpCodec.writeBranch(out, namespace, branch);
        out.octet(part.code());
        yield FREEZE;
      }
      case WorkingOp.Folded(
              long namespace,
              Name branch,
              TreePart part,
              long frozen,
              TreeRoot root) -> {
        TreeOpCodec.writeBranch(out, namespace, branch);
        out.octet(part.code());
        out.unsigned(frozen);
        writeRoot(out, root);
        yield FOLDED;
      }
      case WorkingOp.Graft(
              long namespace,
              Name branch,
              TreePath to,
              TreeRoot root,
              TreePath source) -> {
        TreeOpCodec.writeBranch(out, namespace, branch);
        out.text(to.value());
        writeRoot(out, root);
        out.text(source.value());
        yield GRAFT;
      }
    };
  }

  static WorkingOp read(int code, JournalInput in) throws JournalMalformedException {
    long namespace = in.unsigned();
    Name branch = new Name(in.text());
    return switch (code) {
      case RESET ->
          new WorkingOp.Reset(namespace, branch, new SnapshotRoots(readRoot(in), readRoot(in)));
      case FREEZE -> new WorkingOp.Freeze(namespace, branch, TreePart.ofCode(in.octet()));
      case FOLDED ->
          new WorkingOp.Folded(
              namespace, branch, TreePart.ofCode(in.octet()), in.unsigned(), readRoot(in));
      case GRAFT ->
          new WorkingOp.Graft(
              namespace, branch, new TreePath(in.text()), readRoot(in), new TreePath(in.text()));
      default -> throw OpCodec.unknown(code);
    };
  }

  static void writeRoot(JournalOutput out, TreeRoot root) {
    out.digest(root.node());
    out.digest(root.merkle());
    out.unsigned(root.entries());
    out.unsigned(root.bytes());
    out.unsigned(root.longestPath());
  }

  static TreeRoot readRoot(JournalInput in) throws JournalMalformedException {
    return new TreeRoot(in.digest(), in.digest(), in.unsigned(), in.unsigned(), in.count());
  }

  private WorkingOpCodec() {}
}
