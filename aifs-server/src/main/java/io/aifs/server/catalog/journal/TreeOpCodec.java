package io.aifs.server.catalog.journal;

import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.util.List;

/** Bytes of {@link TreeOp}: codes 0x30 to 0x34. */
final class TreeOpCodec {
  private static final int PUT_ALL = 0x30;
  private static final int REMOVE_ALL = 0x31;
  private static final int REMOVE_BELOW = 0x32;
  private static final int MOVE = 0x33;
  private static final int REMOVE_PATHS_OF = 0x34;

  static int write(TreeOp op, JournalOutput out) {
    return switch (op) {
      case TreeOp.PutAll(long namespace, Name branch, List<PathEntry> entries) -> {
        writeBranch(out, namespace, branch);
        out.list(entries, EntryCodec::write);
        yield PUT_ALL;
      }
      case TreeOp.RemoveAll(long namespace, Name branch, List<TreePath> paths) -> {
        writeBranch(out, namespace, branch);
        // The root's path is empty, yet an item: its length is a byte.
        out.list(paths, (to, path) -> to.text(path.value()));
        yield REMOVE_ALL;
      }
      case TreeOp.RemoveBelow(long namespace, Name branch, TreePath prefix) -> {
        writeBranch(out, namespace, branch);
        out.text(prefix.value());
        yield REMOVE_BELOW;
      }
      case TreeOp.Move(long namespace, Name branch, TreePath from, TreePath to) -> {
        writeBranch(out, namespace, branch);
        out.text(from.value());
        out.text(to.value());
        yield MOVE;
      }
      case TreeOp.RemovePathsOf(long namespace, Digest asset) -> {
        out.unsigned(namespace);
        out.digest(asset);
        yield REMOVE_PATHS_OF;
      }
    };
  }

  static TreeOp read(int code, JournalInput in) throws JournalMalformedException {
    long namespace = in.unsigned();
    if (code == REMOVE_PATHS_OF) {
      return new TreeOp.RemovePathsOf(namespace, in.digest());
    }
    Name branch = new Name(in.text());
    return switch (code) {
      case PUT_ALL -> new TreeOp.PutAll(namespace, branch, in.list(EntryCodec::read));
      case REMOVE_ALL -> new TreeOp.RemoveAll(namespace, branch, in.list(TreeOpCodec::readPath));
      case REMOVE_BELOW -> new TreeOp.RemoveBelow(namespace, branch, readPath(in));
      case MOVE -> new TreeOp.Move(namespace, branch, readPath(in), readPath(in));
      default -> throw OpCodec.unknown(code);
    };
  }

  static void writeBranch(JournalOutput out, long namespace, Name branch) {
    out.unsigned(namespace);
    out.text(branch.value());
  }

  private static TreePath readPath(JournalInput in) throws JournalMalformedException {
    return new TreePath(in.text());
  }

  private TreeOpCodec() {}
}
