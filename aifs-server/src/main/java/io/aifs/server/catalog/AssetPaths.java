package io.aifs.server.catalog;

import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import java.util.List;

/**
 * Paths that name an asset.
 *
 * @param some of them, in order of branch number and path
 * @param count how many there are
 */
public record AssetPaths(List<Place> some, long count) {
  public static final AssetPaths NONE = new AssetPaths(List.of(), 0);

  public AssetPaths {
    some = List.copyOf(some);
  }

  /** A path of a branch. */
  public record Place(Name branch, TreePath path) {}
}
