package io.aifs.client;

import static java.util.Objects.requireNonNull;

import io.aifs.core.address.Ref;
import io.aifs.core.model.AssociationName;
import io.aifs.core.model.AssociationWrite;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that a transaction does when it is committed. Refs are looked up when the step is
 * staged. Nothing is forced: a branch whose working state holds changes is in the way of a step
 * that moves or ends it.
 */
public sealed interface TransactionStep {
  /** As {@link Tree#putFiles}. */
  record PutFiles(Name branch, List<FilePut> files) implements TransactionStep {
    public PutFiles {
      requireNonNull(branch, "branch is null");
      files = List.copyOf(files);
    }
  }

  /** As {@link Tree#remove}. */
  record RemovePaths(Name branch, List<TreePath> paths, boolean recursive)
      implements TransactionStep {
    public RemovePaths {
      requireNonNull(branch, "branch is null");
      paths = List.copyOf(paths);
    }
  }

  /** As {@link Tree#move}. */
  record MovePath(Name branch, TreePath from, TreePath to) implements TransactionStep {
    public MovePath {
      requireNonNull(branch, "branch is null");
      requireNonNull(from, "from is null");
      requireNonNull(to, "to is null");
    }
  }

  /** As {@link Refs#startBranch}. */
  record StartBranch(Name name, Ref at, Map<String, String> metadata, String why)
      implements TransactionStep {
    public StartBranch {
      requireNonNull(name, "name is null");
      requireNonNull(at, "at is null");
      metadata = Map.copyOf(metadata);
    }
  }

  /** As {@link Refs#moveBranch}: the commit is a conflict if it is not at {@code expected} then. */
  record MoveBranch(Name name, Ref to, SnapshotId expected, String why) implements TransactionStep {
    public MoveBranch {
      requireNonNull(name, "name is null");
      requireNonNull(to, "to is null");
      requireNonNull(expected, "expected is null");
    }
  }

  /**
   * As {@link Refs#endBranch}.
   *
   * @param expected where it must stand; empty: wherever it does
   */
  record EndBranch(Name name, Optional<SnapshotId> expected, String why)
      implements TransactionStep {
    public EndBranch {
      requireNonNull(name, "name is null");
      requireNonNull(expected, "expected is null");
    }
  }

  /** As {@link Refs#makeTag}. */
  record MakeTag(Name name, Ref at, Map<String, String> metadata) implements TransactionStep {
    public MakeTag {
      requireNonNull(name, "name is null");
      requireNonNull(at, "at is null");
      metadata = Map.copyOf(metadata);
    }
  }

  /** As {@link Refs#deleteTag}. */
  record DeleteTag(Name name) implements TransactionStep {
    public DeleteTag {
      requireNonNull(name, "name is null");
    }
  }

  /** Records what assets were made from, which are there or staged before. */
  record AddParents(Map<Digest, List<ParentEdge>> children) implements TransactionStep {
    public AddParents {
      children = Map.copyOf(children);
    }
  }

  /** Writes associations; their ends are there or staged before. */
  record PutAssociations(List<AssociationWrite> associations) implements TransactionStep {
    public PutAssociations {
      associations = List.copyOf(associations);
    }
  }

  /** Removes associations that are there. */
  record DeleteAssociations(List<AssociationName> associations) implements TransactionStep {
    public DeleteAssociations {
      associations = List.copyOf(associations);
    }
  }
}
