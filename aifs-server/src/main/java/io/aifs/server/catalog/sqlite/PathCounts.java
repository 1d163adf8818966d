package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.TreeEntry;
import io.aifs.crypto.Digest;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a change of paths does to the path counts of assets, summed up for each asset and applied in
 * the order of the asset table. Deleted assets are counted in their tombstones.
 */
final class PathCounts {
  private final Session session;
  private final long namespace;
  private final Map<Digest, Long> changes = new TreeMap<>();

  PathCounts(Session session, long namespace) {
    this.session = session;
    this.namespace = namespace;
  }

  /** Counts a path that names {@code entry} from now on. */
  void add(TreeEntry entry) {
    count(entry, 1);
  }

  /** Counts a path that named {@code entry} until now. */
  void subtract(TreeEntry entry) {
    count(entry, -1);
  }

  /** Counts {@code paths} paths that named {@code asset} until now. */
  void subtract(Digest asset, long paths) {
    count(asset, -paths);
  }

  private void count(TreeEntry entry, int step) {
    if (entry instanceof TreeEntry.File file) {
      count(file.asset(), step);
    }
  }

  private void count(Digest asset, long step) {
    changes.merge(asset, step, Long::sum);
  }

  /** The count of an asset as stored, visible or deleted; 0 if there never was one. */
  long of(Digest asset) {
    return session
        .first(
            "SELECT path_count FROM asset WHERE namespace = ? AND id = ? UNION ALL"
                + " SELECT path_count FROM tombstone WHERE namespace = ? AND id = ?",
            row -> row.integer(1),
            namespace,
            asset.toBytes(),
            namespace,
            asset.toBytes())
        .orElse(0L);
  }

  /**
   * @throws IllegalStateException if a path was added for an asset that is not visible
   */
  void apply() {
    changes.forEach(
        (asset, change) -> {
          if (change != 0 && !change("asset", asset, change)) {
            boolean deleted = change < 0 && change("tombstone", asset, change);
            if (!deleted) {
              throw new IllegalStateException(
                  "a path names an asset that is not visible: " + asset);
            }
          }
        });
  }

  /** A count that was too low must not keep anyone from writing: fsck finds it. */
  private boolean change(String table, Digest asset, long change) {
    return session.update(
            "UPDATE "
                + table
                + " SET path_count = max(0, path_count + ?) WHERE namespace = ? AND id = ?",
            change,
            namespace,
            asset.toBytes())
        == 1;
  }
}
