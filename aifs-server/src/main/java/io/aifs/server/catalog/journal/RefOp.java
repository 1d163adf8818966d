package io.aifs.server.catalog.journal;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.server.catalog.BranchMove;
import io.aifs.server.catalog.BranchRow;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.TagRow;
import java.time.Instant;
import java.util.Optional;

/** Changes of branches and tags; each as the method of {@code RefWriter} that has its name. */
public sealed interface RefOp extends JournalOp {
  record Move(long namespace, BranchMove move) implements RefOp {
    /** Behind a gap the branch may stand elsewhere: its history shows the jump then. */
    @Override
    public void apply(CatalogWriter writer) {
      Optional<SnapshotId> stands =
          writer.refs().branch(namespace, move.branch()).flatMap(BranchRow::head);
      writer
          .refs()
          .move(
              namespace,
              new BranchMove(
                  move.sequence(),
                  move.branch(),
                  stands,
                  move.to(),
                  move.at(),
                  move.who(),
                  move.reason(),
                  move.metadata()));
    }
  }

  record Guard(long namespace, Name branch, boolean guarded) implements RefOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.refs().guard(namespace, branch, guarded);
    }
  }

  record MakeTag(long namespace, TagRow tag) implements RefOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.refs().makeTag(namespace, tag);
    }
  }

  record DeleteTag(long namespace, Name tag, Instant at) implements RefOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.refs().deleteTag(namespace, tag, at);
    }
  }
}
