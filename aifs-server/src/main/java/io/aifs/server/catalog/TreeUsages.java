package io.aifs.server.catalog;

import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.layer.Keys;
import io.aifs.server.catalog.layer.TreeListing;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Consumer;

/** Sums over a part of a tree, in time that goes with it, but not in memory. */
public final class TreeUsages {
  private final TreeListing listing;
  private final TreePath path;
  private long files;
  private long directories;
  private long symlinks;
  private long bytes;
  private long distinctBytes;

  private TreeUsages(TreeListing listing, TreePath path) {
    this.listing = listing;
    this.path = path;
  }

  /** Sums over the entries at and below a path. */
  public static TreeUsage of(TreeListing listing, TreePath path) {
    return new TreeUsages(listing, path).sums();
  }

  private TreeUsage sums() {
    each(
        entry -> {
          switch (entry) {
            case TreeEntry.File file -> {
              files++;
              bytes += file.size();
            }
            case TreeEntry.Directory _ -> directories++;
            case TreeEntry.Symlink _ -> symlinks++;
          }
        });
    for (IdRange ids : IdRange.split(files)) {
      addDistinct(ids);
    }
    return new TreeUsage(files, directories, symlinks, bytes, distinctBytes);
  }

  private void addDistinct(IdRange ids) {
    Set<Digest> seen = new HashSet<>();
    each(
        entry -> {
          if (entry instanceof TreeEntry.File file
              && holds(ids, file.asset().toBytes())
              && seen.add(file.asset())) {
            distinctBytes += file.size();
          }
        });
  }

  private static boolean holds(IdRange ids, byte[] id) {
    return Arrays.compareUnsigned(ids.first(), id) <= 0
        && Arrays.compareUnsigned(id, ids.end()) < 0;
  }

  private void each(Consumer<TreeEntry> visitor) {
    byte[] key = path.toUtf8();
    listing.view().at(key).map(PathEntry::entry).ifPresent(visitor);
    Iterator<PathEntry> entries = listing.view().entries(Keys.firstBelow(key), Keys.endBelow(key));
    while (entries.hasNext()) {
      visitor.accept(entries.next().entry());
    }
  }
}
