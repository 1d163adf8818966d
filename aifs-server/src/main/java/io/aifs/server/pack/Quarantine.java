package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import io.aifs.server.model.DamagedRecord;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The copies of records that are known not to read back. They do not count as stored, so that the
 * same bytes are stored anew when they are put again, and are read only when there is no other
 * copy. Thread-safe.
 */
final class Quarantine implements RecordCopies {
  /** More than these are not remembered: the disk is past saving, and fsck still tells of all. */
  static final int RECORDS_MAX = 200_000;

  private static final String DOES_NOT_OPEN = "it does not open to what it is named after";

  private final PackSet packs;
  private final RecordIndex index;
  private final PackReader reader;
  private final DamageListener listener;

  /** Guarded by this. */
  private final Map<Place, Held> held = new HashMap<>();

  private record Place(PackId pack, long position) {}

  /**
   * A hidden copy.
   *
   * @param kept the listener knows
   */
  private record Held(long location, DamagedRecord record, boolean kept) {}

  Quarantine(PackSet packs, RecordIndex index, PackReader reader, DamageListener listener) {
    this.packs = packs;
    this.index = index;
    this.reader = reader;
    this.listener = listener;
  }

  /** Takes over what was known when the store was last used; to be called with its index full. */
  void restore(Collection<DamagedRecord> known) {
    for (DamagedRecord record : known) {
      remember(record, true);
    }
  }

  /**
   * Hides a copy for as long as this process runs: the disk failed to read it, which may pass. A
   * scan that meets it says more.
   */
  void addForNow(DamagedRecord record) {
    remember(record, false);
  }

  /** Hides a copy, and tells the listener if it did not know. */
  void add(DamagedRecord record) {
    if (remember(record, true)) {
      listener.damaged(record);
    }
  }

  /** Returns whether that is news for the listener. */
  private boolean remember(DamagedRecord record, boolean keep) {
    Optional<Long> location = locate(record.pack(), record.position(), record.id());
    if (location.isEmpty()) {
      return false; // not counted as stored anyway
    }
    synchronized (this) {
      Place place = new Place(record.pack(), record.position());
      Held known = held.get(place);
      if (known == null ? held.size() == RECORDS_MAX : known.kept() || !keep) {
        return false;
      }
      held.put(place, new Held(location.get(), record, keep));
      index.distrust(location.get());
      return keep;
    }
  }

  /** The checksums of the copy there hold. That is good news unless they held before. */
  void checksumHolds(PackId pack, long position) {
    release(pack, position, false);
  }

  @Override
  public void opens(PackId pack, long position) {
    release(pack, position, true);
  }

  @Override
  public void doesNotOpen(PackId pack, long position, Digest id) {
    add(new DamagedRecord(pack, position, id, true, DOES_NOT_OPEN));
  }

  private void release(PackId pack, long position, boolean opened) {
    DamagedRecord released;
    synchronized (this) {
      Place place = new Place(pack, position);
      Held one = held.get(place);
      if (one == null || (!opened && one.record().checksumHolds())) {
        return;
      }
      held.remove(place);
      index.trust(one.location());
      released = one.record();
    }
    listener.sound(released);
  }

  @Override
  public Optional<PackRecord> genuine(Digest id, Function<PackRecord, Verdict> test)
      throws IOException {
    return genuine(id, index.locations(id), test);
  }

  @Override
  public Optional<PackRecord> genuineBase(Digest id, Predicate<PackRecord> test)
      throws IOException {
    return genuine(
        id,
        index.fullLocations(id),
        record -> test.test(record) ? Verdict.GENUINE : Verdict.DAMAGED);
  }

  private Optional<PackRecord> genuine(
      Digest id, List<Long> locations, Function<PackRecord, Verdict> test) throws IOException {
    for (long location : locations) {
      PackFile pack = packs.get(Location.ordinal(location));
      int position = Location.offset(location);
      try {
        PackRecord record = reader.readAt(id, location);
        Verdict verdict = test.apply(record);
        if (verdict == Verdict.GENUINE) {
          return Optional.of(record);
        }
        if (verdict == Verdict.DAMAGED) {
          doesNotOpen(pack.id(), position, id);
        }
      } catch (DamagedRecordException _) {
        // told of by the reader
      }
    }
    return Optional.empty();
  }

  private Optional<Long> locate(PackId pack, long position, Digest id) {
    return index.locations(id).stream()
        .filter(
            location ->
                Location.offset(location) == position
                    && packs.get(Location.ordinal(location)).id().equals(pack))
        .findFirst();
  }
}
