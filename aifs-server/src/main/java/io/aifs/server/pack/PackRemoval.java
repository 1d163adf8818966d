package io.aifs.server.pack;

import io.aifs.server.file.Disk;
import io.aifs.server.model.PackId;
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
    if (removed.isEmpty()) {
      return;
    }
    drop(removed);
    delete(removed.stream().map(PackFile::id).toList());
  }

  /** Takes packs out of index and set, and leaves their files. */
  void drop(Collection<PackFile> removed) {
    Set<Integer> ordinals = new HashSet<>();
    removed.forEach(pack -> ordinals.add(pack.ordinal()));
    index.removeAll(ordinals);
    removed.forEach(packs::drop);
  }

  /** Deletes the files of packs that are taken out; those that are not there are ignored. */
  void delete(Collection<PackId> removed) throws IOException {
    Set<String> directories = new TreeSet<>();
    @Nullable IOException failure = null;
    for (PackId pack : removed) {
      try {
        files.drop(PackFormat.fileName(pack));
        if (disk.delete(PackFormat.fileName(pack))) {
          directories.add(PackFormat.directory(pack));
        }
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
