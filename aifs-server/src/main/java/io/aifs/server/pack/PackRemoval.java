package io.aifs.server.pack;

import io.aifs.server.file.Disk;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes packs that the catalog does not name any more out of index, set and disk, in this order: a
 * reader that meets a pack without a file looks its record up again and does not come back here.
 */
record PackRemoval(Disk disk, PackSet packs, RecordIndex index, OpenFiles files) {

  /** Removes them all; what fails to be deleted is left as an orphan and reported at the end. */
  void remove(Collection<PackFile> removed) throws IOException {
    Set<Integer> ordinals = new HashSet<>();
    removed.forEach(pack -> ordinals.add(pack.ordinal()));
    if (ordinals.isEmpty()) {
      return;
    }
    index.removeAll(ordinals);
    removed.forEach(packs::drop);
    delete(removed);
  }

  private void delete(Collection<PackFile> removed) throws IOException {
    Set<String> directories = new TreeSet<>();
    @Nullable IOException failure = null;
    for (PackFile pack : removed) {
      try {
        files.drop(pack.name());
        disk.delete(pack.name());
        directories.add(PackFormat.directory(pack.id()));
      } catch (IOException e) {
        failure = failure == null ? e : failure;
      }
    }
    for (String directory : directories) {
      disk.syncDirectory(directory);
    }
    if (failure != null) {
      throw failure;
    }
  }
}
