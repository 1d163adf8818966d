package io.aifs.server.engine.transaction;

import io.aifs.core.model.AssociationName;
import io.aifs.core.model.AssociationWrite;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.server.engine.AssetPut;
import io.aifs.server.engine.history.Mover;
import io.aifs.server.engine.lineage.NewParents;
import java.util.List;
import java.util.Optional;

/** One thing that a transaction does, as it is staged: content is stored, refs are resolved. */
public sealed interface StagedStep {
  /** Assets and paths. */
  record Put(AssetPut put) implements StagedStep {}

  /** As {@link io.aifs.server.engine.TreeService#remove}. */
  record RemovePaths(Name branch, List<TreePath> paths, boolean recursive) implements StagedStep {
    public RemovePaths {
      paths = List.copyOf(paths);
    }
  }

  /** As {@link io.aifs.server.engine.TreeService#move}. */
  record MovePath(Name branch, TreePath from, TreePath to) implements StagedStep {}

  /** As {@link io.aifs.server.engine.history.RefService#start}. */
  record StartBranch(Name branch, SnapshotId at, Mover mover) implements StagedStep {}

  /** As {@link io.aifs.server.engine.history.RefService#move}, never forced. */
  record MoveBranch(Name branch, SnapshotId to, SnapshotId expected, Mover mover)
      implements StagedStep {}

  /** As {@link io.aifs.server.engine.history.RefService#end}, never forced. */
  record EndBranch(Name branch, Optional<SnapshotId> expected, Mover mover) implements StagedStep {}

  /** As {@link io.aifs.server.engine.history.TagService#make}. */
  record MakeTag(Name tag, SnapshotId at, Mover mover) implements StagedStep {}

  /** As {@link io.aifs.server.engine.history.TagService#delete}. */
  record DeleteTag(Name tag) implements StagedStep {}

  /** As {@link io.aifs.server.engine.lineage.LineageService#addParents}. */
  record AddParents(List<NewParents> children) implements StagedStep {
    public AddParents {
      children = List.copyOf(children);
    }
  }

  /** As {@link io.aifs.server.engine.association.AssociationService#put}. */
  record PutAssociations(List<AssociationWrite> associations) implements StagedStep {
    public PutAssociations {
      associations = List.copyOf(associations);
    }
  }

  /** As {@link io.aifs.server.engine.association.AssociationService#delete}. */
  record DeleteAssociations(List<AssociationName> associations) implements StagedStep {
    public DeleteAssociations {
      associations = List.copyOf(associations);
    }
  }

  /** What it adds to the entries of its transaction: assets, paths, edges, refs, vectors. */
  default long entries() {
    return switch (this) {
      case Put(AssetPut put) -> put.assets().size() + put.paths().size() + put.vectors();
      case RemovePaths remove -> remove.paths().size();
      case AddParents(List<NewParents> children) ->
          children.stream().mapToLong(child -> child.parents().size()).sum();
      case PutAssociations(List<AssociationWrite> associations) -> associations.size();
      case DeleteAssociations(List<AssociationName> associations) -> associations.size();
      case MovePath _, StartBranch _, MoveBranch _, EndBranch _, MakeTag _, DeleteTag _ -> 1;
    };
  }

  /** What it is about, for a message. */
  default String what() {
    return switch (this) {
      case Put(AssetPut put) ->
          put.paths().isEmpty()
              ? "put of asset " + put.assets().getFirst().id()
              : "put of '" + put.paths().getFirst().entry().path() + "'";
      case RemovePaths remove -> "removal of '" + remove.paths().getFirst() + "'";
      case MovePath move -> "move of '" + move.from() + "'";
      case StartBranch start -> "start of branch " + start.branch();
      case MoveBranch move -> "move of branch " + move.branch();
      case EndBranch end -> "end of branch " + end.branch();
      case MakeTag make -> "tag " + make.tag();
      case DeleteTag delete -> "deletion of tag " + delete.tag();
      case AddParents(List<NewParents> children) -> "parents of " + children.getFirst().child();
      case PutAssociations _ -> "associations";
      case DeleteAssociations _ -> "deletion of associations";
    };
  }
}
