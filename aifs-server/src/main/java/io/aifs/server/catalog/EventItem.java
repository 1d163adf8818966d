package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.util.Optional;

/**
 * One of the things that an event happened to.
 *
 * @param asset empty for a path that names none
 * @param about what the asset is; empty where there is no asset, or nobody knew
 * @param path empty for an asset alone
 * @param directory whether the path stands for all that is below it as well
 */
public record EventItem(
    Optional<Digest> asset, Optional<About> about, Optional<TreePath> path, boolean directory) {
  public EventItem {
    requireNonNull(asset, "asset is null");
    if (about.isPresent() && asset.isEmpty()) {
      throw new IllegalArgumentException("there is no asset to be told about");
    }
    if (directory && path.isEmpty()) {
      throw new IllegalArgumentException("a directory has no path");
    }
  }

  /**
   * What an asset is.
   *
   * @param bytes the size of its content
   */
  public record About(AssetKind kind, long bytes) {
    public About {
      requireNonNull(kind, "kind is null");
      if (bytes < 0) {
        throw new IllegalArgumentException("size is negative: " + bytes);
      }
    }
  }

  /** An asset, by itself. */
  public static EventItem of(Digest asset, AssetKind kind, long bytes) {
    return new EventItem(
        Optional.of(asset), Optional.of(new About(kind, bytes)), Optional.empty(), false);
  }

  /** A path, with the asset that it names. */
  public static EventItem of(PathEntry entry) {
    return of(entry.path(), entry.entry());
  }

  /** A path, with the asset that it names. */
  public static EventItem of(TreePath path, TreeEntry entry) {
    return switch (entry) {
      case TreeEntry.File file -> of(file.asset(), file.kind(), file.size()).at(path);
      case TreeEntry.Symlink _ ->
          new EventItem(Optional.empty(), Optional.empty(), Optional.of(path), false);
      case TreeEntry.Directory _ ->
          new EventItem(Optional.empty(), Optional.empty(), Optional.of(path), true);
    };
  }

  /** The same asset, at a path. */
  public EventItem at(TreePath place) {
    return new EventItem(asset, about, Optional.of(place), false);
  }
}
