package io.aifs.server.catalog;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Branches, where they stood, and tags of a namespace ({@code namespace} is its number). */
public interface RefReader {
  Optional<BranchRow> branch(long namespace, Name name);

  /** In order of name, those after {@code after}; at most {@code limit}. */
  List<BranchRow> branches(long namespace, Optional<Name> after, int limit);

  /**
   * Moves of a branch, also of one that is deleted, newest first; those before the sequence {@code
   * before}.
   */
  List<BranchMove> moves(long namespace, Name branch, Optional<Long> before, int limit);

  /** The newest move of a branch that was made at {@code at} or before. */
  Optional<BranchMove> moveAt(long namespace, Name branch, Instant at);

  /** The oldest move of a branch. */
  Optional<BranchMove> firstMove(long namespace, Name branch);

  /** A tag, deleted or not. */
  Optional<TagRow> tag(long namespace, Name name);

  /** Those not deleted in order of name, after {@code after}; at most {@code limit}. */
  List<TagRow> tags(long namespace, Optional<Name> after, int limit);

  /** A branch that stands at the snapshot, if one does. Looks at all of them. */
  Optional<BranchRow> anyBranchAt(long namespace, SnapshotId snapshot);

  /** A tag, not deleted, that names the snapshot, if one does. Looks at all of them. */
  Optional<TagRow> anyTagAt(long namespace, SnapshotId snapshot);
}
