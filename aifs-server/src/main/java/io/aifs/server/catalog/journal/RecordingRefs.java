package io.aifs.server.catalog.journal;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.server.catalog.BranchMove;
import io.aifs.server.catalog.BranchRow;
import io.aifs.server.catalog.RefWriter;
import io.aifs.server.catalog.TagRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Records changes of branches and tags. */
record RecordingRefs(RefWriter writer, Consumer<JournalOp> ops) implements RefWriter {
  @Override
  public void move(long namespace, BranchMove move) {
    writer.move(namespace, move);
    ops.accept(new RefOp.Move(namespace, move));
  }

  @Override
  public void guard(long namespace, Name branch, boolean guarded) {
    writer.guard(namespace, branch, guarded);
    ops.accept(new RefOp.Guard(namespace, branch, guarded));
  }

  @Override
  public void makeTag(long namespace, TagRow tag) {
    writer.makeTag(namespace, tag);
    ops.accept(new RefOp.MakeTag(namespace, tag));
  }

  @Override
  public boolean deleteTag(long namespace, Name tag, Instant at) {
    boolean deleted = writer.deleteTag(namespace, tag, at);
    if (deleted) {
      ops.accept(new RefOp.DeleteTag(namespace, tag, at));
    }
    return deleted;
  }

  @Override
  public Optional<BranchRow> branch(long namespace, Name name) {
    return writer.branch(namespace, name);
  }

  @Override
  public List<BranchRow> branches(long namespace, Optional<Name> after, int limit) {
    return writer.branches(namespace, after, limit);
  }

  @Override
  public List<BranchMove> moves(long namespace, Name branch, Optional<Long> before, int limit) {
    return writer.moves(namespace, branch, before, limit);
  }

  @Override
  public Optional<BranchMove> moveAt(long namespace, Name branch, Instant at) {
    return writer.moveAt(namespace, branch, at);
  }

  @Override
  public Optional<BranchMove> firstMove(long namespace, Name branch) {
    return writer.firstMove(namespace, branch);
  }

  @Override
  public Optional<TagRow> tag(long namespace, Name name) {
    return writer.tag(namespace, name);
  }

  @Override
  public List<TagRow> tags(long namespace, Optional<Name> after, int limit) {
    return writer.tags(namespace, after, limit);
  }

  @Override
  public Optional<BranchRow> anyBranchAt(long namespace, SnapshotId snapshot) {
    return writer.anyBranchAt(namespace, snapshot);
  }

  @Override
  public Optional<TagRow> anyTagAt(long namespace, SnapshotId snapshot) {
    return writer.anyTagAt(namespace, snapshot);
  }
}
