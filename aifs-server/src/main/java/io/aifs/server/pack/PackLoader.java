package io.aifs.server.pack;

import io.aifs.crypto.DomainId;
import io.aifs.server.file.Disk;
import io.aifs.server.pack.RecordIndex.Place;
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
    List<Place> places;
    try (PackContents contents = PackContents.open(disk, pack, pack.extent(), buffer, found::add)) {
      List<IndexEntry> said = contents.index();
      places = said == null ? walk(pack, contents) : places(pack, said);
      contents.damagedTail();
    } catch (NoSuchFileException _) {
      places = List.of();
      found.add(PackContents.missing(pack));
    }
    index.add(hidden(pack, places));
    damage.addAll(found);
  }

  /** The places, those that the catalog has condemned as hidden copies. */
  private List<Place> hidden(PackFile pack, List<Place> places) {
    int[] offsets = condemned.offsets(pack.id());
    if (offsets.length == 0) {
      return places;
    }
    return places.stream()
        .map(
            place ->
                Arrays.binarySearch(offsets, Location.offset(place.location())) < 0
                    ? place
                    : new Place(place.key(), place.location() | RecordTable.HIDDEN, place.base()))
        .toList();
  }

  private static List<Place> places(PackFile pack, List<IndexEntry> index) {
    List<Place> places = new ArrayList<>(index.size());
    for (IndexEntry entry : index) {
      long location = Location.of(pack.ordinal(), entry.position(), entry.totalBytes());
      places.add(new Place(entry.key(), location, entry.base()));
    }
    return places;
  }

  private List<Place> walk(PackFile pack, PackContents contents) throws IOException {
    contents.checkHeader(domain);
    List<Place> places = new ArrayList<>();
    contents.walk(
        new PackWalk.Sink() {
          @Override
          public void record(long position, RecordHeader header) {
            long location = Location.of(pack.ordinal(), position, header.totalBytes());
            places.add(Place.of(header, location));
          }

          @Override
          public void lost(long position, long lengthBytes) {
            contents.damage(position, lengthBytes, "no record header holds here");
          }
        });
    return places;
  }
}
