package io.aifs.server.engine;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.server.catalog.AssetPaths;
import io.aifs.server.catalog.EdgeRow;
import io.aifs.server.catalog.LineageNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What refers to an asset, and what else is to be known of its staying.
 *
 * @param paths of working states
 * @param children edges from visible assets that were made from it, the newest first
 * @param truncated whether there are more paths, snapshots or children than were asked for
 * @param unnamed whether it is of the unnamed part of branch {@code main}, which does not refuse
 * @param embeddings that go with it
 * @param openUploads of the whole store: while they are under way no chunk goes
 * @param revivable whether, deleted, it can still be brought back
 */
public record KeptBy(
    LineageNode asset,
    List<AssetPaths.Place> paths,
    List<InSnapshot> snapshots,
    List<EdgeRow> children,
    boolean truncated,
    boolean unnamed,
    int embeddings,
    long openUploads,
    boolean revivable) {
  public KeptBy {
    paths = List.copyOf(paths);
    snapshots = List.copyOf(snapshots);
    children = List.copyOf(children);
  }

  /** Whether a delete that is not forced is refused. */
  public boolean refusesDelete() {
    return !asset.deleted() && !(paths.isEmpty() && snapshots.isEmpty() && children.isEmpty());
  }

  /**
   * A snapshot that holds it.
   *
   * @param path one that names it; empty if it is among the unnamed
   * @param branches that stand there
   * @param tags that name it
   */
  public record InSnapshot(
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
