package io.aifs.server.pack;

import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The packs that a store reads, by the ordinal that a {@link Location} holds. Thread-safe. */
final class PackSet {
  /** By ordinal; a dropped pack stays, as ordinals are not used again. */
  private final List<PackFile> packs = new ArrayList<>();

  private final Set<PackId> ids = new HashSet<>();

  /** The packs of the ledger: extents are what it vouches for. */
  PackSet(List<LivePack> live) {
    for (LivePack pack : live) {
      PackFile file = add(pack.id());
      file.extent(new PackFile.Extent(pack.syncedBytes(), pack.sealed()));
    }
  }

  /** A pack without bytes so far. */
  synchronized PackFile add(PackId id) {
    if (packs.size() == Location.ORDINALS_MAX) {
      throw new IllegalStateException("no more packs fit in one process: " + packs.size());
    }
    if (!ids.add(id)) {
      throw new IllegalArgumentException("pack is there already: " + id);
    }
    PackFile pack = new PackFile(id, packs.size(), new PackFile.Extent(0, false));
    packs.add(pack);
    return pack;
  }

  /** Leaves a pack out of {@link #all}. */
  synchronized void drop(PackFile pack) {
    ids.remove(pack.id());
    pack.extent(new PackFile.Extent(0, false));
  }

  synchronized PackFile get(int ordinal) {
    return packs.get(ordinal);
  }

  synchronized Set<PackId> known() {
    return Set.copyOf(ids);
  }

  synchronized boolean contains(PackId id) {
    return ids.contains(id);
  }

  /** Those of {@code wanted} that are there. */
  synchronized List<PackFile> of(Set<PackId> wanted) {
    return packs.stream()
        .filter(pack -> wanted.contains(pack.id()) && ids.contains(pack.id()))
        .toList();
  }

  /** The packs that hold something, in order of ordinal. */
  List<PackFile> all() {
    return from(0);
  }

  /** The packs that hold something, from an ordinal on. */
  synchronized List<PackFile> from(int ordinal) {
    return packs.subList(Math.min(ordinal, packs.size()), packs.size()).stream()
        .filter(pack -> pack.extent().bytes() > 0)
        .toList();
  }

  long bytes() {
    return all().stream().mapToLong(pack -> pack.extent().bytes()).sum();
  }
}
