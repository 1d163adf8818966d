package io.aifs.client;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which asset of the namespace was made from which, and what keeps one from being deleted. Deleted
 * assets stay in lineage. Thread-safe.
 */
public interface Lineage {
  /** Which way to walk. */
  enum Direction {
    /** To what an asset was made from. */
    UP,
    /** To what was made from it. */
    DOWN
  }

  /** What ended a walk early somewhere. */
  enum Limit {
    DEPTH,
    NODES,
    FAN_OUT,
    EDGES,
    /** One that this build does not know. */
    OTHER
  }

  /**
   * Records what assets were made from, all of it or none; edges that are there already stay.
   *
   * @throws io.aifs.core.AifsException.NotFound if a child is not visible
   * @throws io.aifs.core.AifsException.Precondition if a parent is not, or an asset would be its
   *     own ancestor
   */
  Added addParents(List<NewParents> children);

  /**
   * Walks from an asset, nearest first; {@code pages} is told on the way.
   *
   * @return the limits that cut it
   * @throws io.aifs.core.AifsException.NotFound if the asset was never there
   */
  Set<Limit> traverse(Digest start, WalkOptions options, Consumer<Page> pages);

  /** A shortest chain of edges between two assets, one of which descends from the other. */
  Path path(Digest from, Digest to);

  /**
   * What refers to an asset.
   *
   * @param limit of paths, of snapshots and of children
   */
  Reasons why(Digest asset, int limit);

  /** What an asset was made from, to be recorded. */
  record NewParents(Digest child, List<ParentEdge> parents) {
    public NewParents {
      requireNonNull(child, "child is null");
      parents = List.copyOf(parents);
    }
  }

  /**
   * What was recorded.
   *
   * @param edges that were not there before
   * @param version of the store that has them
   */
  record Added(int edges, long version) {}

  /**
   * An asset in lineage.
   *
   * @param createdAt empty for a deleted asset
   * @param deletedAt empty for a visible one
   * @param depth steps from the start
   * @param selected whether kinds and times asked for include it; else it is on the way
   */
  record Node(
      Digest id,
      AssetKind kind,
      long size,
      Optional<Instant> createdAt,
      Optional<Instant> deletedAt,
      int depth,
      boolean selected) {}

  /**
   * "{@code child} was made from {@code parent}".
   *
   * @param at when it was recorded
   */
  record Edge(Digest child, ParentEdge parent, Instant at) {
    /** The end that a walk in this direction comes to. */
    public Digest end(Direction direction) {
      return direction == Direction.UP ? parent.parent() : child;
    }
  }

  /**
   * A part of a walk.
   *
   * @param nodes each once, before the edges that lead on from it
   * @param moreAt assets that have more edges than were followed
   */
  record Page(List<Node> nodes, List<Edge> edges, List<Digest> moreAt) {
    public Page {
      nodes = List.copyOf(nodes);
      edges = List.copyOf(edges);
      moreAt = List.copyOf(moreAt);
    }
  }

  /**
   * A chain of edges.
   *
   * @param found whether there is one; else nodes and edges are empty
   * @param direction where the second end lies as seen from the first
   * @param nodes from the first end to the second
   * @param edges one fewer, in their order
   * @param cut whether limits ended the search: a path may be there, or a shorter one
   */
  record Path(boolean found, Direction direction, List<Node> nodes, List<Edge> edges, boolean cut) {
    public Path {
      nodes = List.copyOf(nodes);
      edges = List.copyOf(edges);
    }
  }

  /**
   * What refers to an asset.
   *
   * @param deleteRefused whether a delete that is not forced would be refused
   * @param children edges from visible assets that were made from it
   * @param truncated whether there are more paths, snapshots or children
   * @param unnamed whether it is among the unnamed of branch main, which does not refuse
   * @param embeddings that go with it
   * @param openUploads of the whole store: while they are under way no chunk goes; 0 if the token
   *     names namespaces
   * @param revivable whether, deleted, it can still be brought back
   */
  record Reasons(
      Node asset,
      boolean deleteRefused,
      List<InBranch> paths,
      List<InSnapshot> snapshots,
      List<Edge> children,
      boolean truncated,
      boolean unnamed,
      int embeddings,
      long openUploads,
      boolean revivable) {
    public Reasons {
      paths = List.copyOf(paths);
      snapshots = List.copyOf(snapshots);
      children = List.copyOf(children);
    }
  }

  /** A path of a branch's working state. */
  record InBranch(Name branch, TreePath path) {}

  /**
   * A snapshot that holds an asset.
   *
   * @param path one that has it there; empty if it is among the unnamed
   * @param branches that stand there
   * @param tags that name it
   */
  record InSnapshot(
      SnapshotId id,
      Instant createdAt,
      Optional<TreePath> path,
      List<Name> branches,
      List<Name> tags) {
    public InSnapshot {
      branches = List.copyOf(branches);
      tags = List.copyOf(tags);
    }
  }
}
