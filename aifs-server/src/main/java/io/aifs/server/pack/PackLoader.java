package io.aifs.server.pack;

import io.aifs.crypto.DomainId;
import io.aifs.server.file.Disk;
import io.aifs.server.pack.RecordIndex.Entry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Finds the records of the live packs that other processes left. What a failure cut off goes on
 * where it was: no pack is taken twice. Guarded by the store.
 */
final class PackLoader {
  /** Enough for any header; small, as walking hops over payloads. */
  private static final int BUFFER_BYTES = 16 << 10;

  private final Disk disk;
  private final DomainId domain;
  private final CondemnedRecords condemned;
  private final Deque<PackFile> left;
  private final List<PackDamage> damage = new ArrayList<>();

  PackLoader(Disk disk, DomainId domain, List<PackFile> packs, CondemnedRecords condemned) {
    this.disk = disk;
    this.domain = domain;
    this.condemned = condemned;
    this.left = new ArrayDeque<>(packs);
  }

  /** Fills {@code index} and returns what of the packs could not be understood. */
  List<PackDamage> load(RecordIndex index) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    while (!left.isEmpty()) {
      load(left.getFirst(), buffer, index);
      left.removeFirst();
    }
    return List.copyOf(damage);
  }

  private void load(PackFile pack, byte[] buffer, RecordIndex index) throws IOException {
    List<PackDamage> found = new ArrayList<>();
    List<Entry> entries;
    try (PackContents contents = PackContents.open(disk, pack, pack.extent(), buffer, found::add)) {
      IndexBlock block = contents.index();
      entries = block == null ? walk(pack, contents) : entries(pack, block);
      contents.damagedTail();
    } catch (NoSuchFileException _) {
      entries = List.of();
      found.add(PackContents.missing(pack));
    }
    index.add(hidden(pack, entries));
    damage.addAll(found);
  }

  /** The entries, those that the catalog has condemned as hidden copies. */
  private List<Entry> hidden(PackFile pack, List<Entry> entries) {
    int[] offsets = condemned.offsets(pack.id());
    if (offsets.length == 0) {
      return entries;
    }
    return entries.stream()
        .map(
            entry ->
                Arrays.binarySearch(offsets, Location.offset(entry.location())) < 0
                    ? entry
                    : new Entry(entry.id(), entry.location() | RecordTable.HIDDEN))
        .toList();
  }

  private static List<Entry> entries(PackFile pack, IndexBlock block) {
    List<Entry> entries = new ArrayList<>(block.count());
    for (int i = 0; i < block.count(); i++) {
      entries.add(entry(pack, block.offset(i), block.header(i)));
    }
    return entries;
  }

  private List<Entry> walk(PackFile pack, PackContents contents) throws IOException {
    contents.checkHeader(domain);
    List<Entry> entries = new ArrayList<>();
    contents.walk(
        new PackWalk.Sink() {
          @Override
          public void record(long position, RecordHeader header) {
            entries.add(entry(pack, position, header));
          }

          @Override
          public void lost(long position, long lengthBytes) {
            contents.damage(position, lengthBytes, "no record header holds here");
          }
        });
    return entries;
  }

  private static Entry entry(PackFile pack, long position, RecordHeader header) {
    return new Entry(header.id(), Location.of(pack.ordinal(), position, header.totalBytes()));
  }
}
