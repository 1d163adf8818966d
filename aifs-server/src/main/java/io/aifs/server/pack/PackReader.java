package io.aifs.server.pack;

import static io.aifs.server.pack.PackFormat.RECORD_HEADER_BYTES_MAX;
import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.file.Disk;
import io.aifs.server.pack.RecordIndex.Entry;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads records by id: neighbours in one read, and another copy where one is damaged. */
final class PackReader {
  /** Reading this much for nothing costs less than another read. */
  private static final int GAP_BYTES_MAX = 16 << 10;

  private static final int RUN_BYTES_MAX = 4 << 20;

  private final PackSet packs;
  private final RecordIndex index;
  private final OpenFiles files;
  private final Consumer<DamagedRecordException> met;

  /**
   * @param met hears of each copy that does not read back
   */
  PackReader(
      PackSet packs, RecordIndex index, OpenFiles files, Consumer<DamagedRecordException> met) {
    this.met = met;
    this.packs = packs;
    this.index = index;
    this.files = files;
  }

  /** Bytes read from a pack, from {@code position} on. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Stretch(PackFile pack, long position, byte[] bytes) {}

  Map<Digest, PackRecord> getAll(Collection<Digest> ids) throws IOException {
    return read(index.locate(new LinkedHashSet<>(ids)), index::locations);
  }

  /** As {@link #getAll}, of copies that need no base. */
  Map<Digest, PackRecord> getBases(Collection<Digest> ids) throws IOException {
    return read(index.locateFull(new LinkedHashSet<>(ids)), index::fullLocations);
  }

  private Map<Digest, PackRecord> read(List<Entry> wanted, Function<Digest, List<Long>> copies)
      throws IOException {
    Map<Digest, PackRecord> found = new HashMap<>();
    wanted.sort(Comparator.comparingLong(Entry::location));
    int from = 0;
    while (from < wanted.size()) {
      int to = runEnd(wanted, from);
      readRun(wanted.subList(from, to), copies, found);
      from = to;
    }
    return found;
  }

  /** The entries from {@code from} on that one read serves. */
  private static int runEnd(List<Entry> wanted, int from) {
    long first = wanted.get(from).location();
    long end = Location.offset(first) + (long) Location.lengthBytesMax(first);
    int to = from + 1;
    for (; to < wanted.size(); to++) {
      long next = wanted.get(to).location();
      long nextEnd = Location.offset(next) + (long) Location.lengthBytesMax(next);
      if (Location.ordinal(next) != Location.ordinal(first)
          || Location.offset(next) > end + GAP_BYTES_MAX
          || nextEnd > Location.offset(first) + (long) RUN_BYTES_MAX) {
        break;
      }
      end = nextEnd;
    }
    return to;
  }

  private void readRun(
      List<Entry> run, Function<Digest, List<Long>> copies, Map<Digest, PackRecord> found)
      throws IOException {
    try {
      Stretch stretch = read(run.getFirst(), run.getLast().location());
      Map<Digest, PackRecord> records = new HashMap<>();
      for (Entry entry : run) {
        records.put(entry.id(), parse(stretch, entry));
      }
      found.putAll(records);
    } catch (DamagedRecordException _) {
      for (Entry entry : run) { // one by one: it may be one only, or have another copy
        PackRecord record = readAlone(entry, copies);
        if (record != null) {
          found.put(entry.id(), record);
        }
      }
    }
  }

  /**
   * Reads one record, from wherever it is: absent if it was forgotten since it was looked up. A
   * place that fails may have been left by a compaction meanwhile; then there is another.
   */
  private @Nullable PackRecord readAlone(Entry entry, Function<Digest, List<Long>> places)
      throws IOException {
    DamagedRecordException damage = null;
    Set<Long> tried = new HashSet<>();
    Optional<Long> next = Optional.of(entry.location());
    while (next.isPresent()) {
      long place = next.get();
      tried.add(place);
      try {
        return readAt(entry.id(), place);
      } catch (DamagedRecordException e) {
        if (damage == null) {
          damage = e;
        } else {
          damage.addSuppressed(e);
        }
      }
      List<Long> copies = places.apply(entry.id());
      if (copies.isEmpty()) {
        return null;
      }
      next = copies.stream().filter(other -> !tried.contains(other)).findFirst();
    }
    throw requireNonNull(damage);
  }

  /** Reads the copy of a record that is at this location. */
  PackRecord readAt(Digest id, long location) throws IOException {
    Entry entry = new Entry(id, location);
    try {
      return parse(read(entry, location), entry);
    } catch (DamagedRecordException e) {
      met.accept(e);
      throw e;
    }
  }

  /** Reads from {@code first} to the end of the record at {@code last} in the same pack. */
  private Stretch read(Entry first, long last) throws IOException {
    int position = Location.offset(first.location());
    PackFile pack = packs.get(Location.ordinal(first.location()));
    long end =
        Math.min(
            pack.extent().bytes(), Location.offset(last) + (long) Location.lengthBytesMax(last));
    try (OpenFiles.Lease lease = files.lease(pack.name())) {
      try {
        return stretch(pack, lease.reader(), position, (int) Math.max(0, end - position));
      } catch (ClosedChannelException e) {
        files.drop(pack.name());
        throw e; // the reader was ended, the disk is not bad
      } catch (IOException e) {
        files.drop(pack.name());
        if (first.location() == last) {
          return exactly(pack, lease.reader(), first);
        }
        throw damaged(pack, first, "disk cannot read it: " + e.getMessage(), e);
      }
    } catch (NoSuchFileException e) {
      throw damaged(pack, first, "file of the pack is missing", e);
    }
  }

  /** Reads one record without the few bytes behind it that its rounded length brings along. */
  private static Stretch exactly(PackFile pack, Disk.ReadFile file, Entry entry)
      throws IOException {
    int position = Location.offset(entry.location());
    try {
      int most = (int) Math.min(pack.extent().bytes() - position, RECORD_HEADER_BYTES_MAX);
      Stretch start = stretch(pack, file, position, Math.max(0, most));
      RecordHeader header = RecordHeader.read(start.bytes(), 0, start.bytes().length);
      return header == null ? start : stretch(pack, file, position, header.totalBytes());
    } catch (IOException e) {
      throw damaged(pack, entry, "disk cannot read it: " + e.getMessage(), e);
    }
  }

  private static Stretch stretch(PackFile pack, Disk.ReadFile file, int position, int length)
      throws IOException {
    byte[] bytes = new byte[length];
    int count = file.read(position, bytes, 0, length);
    return new Stretch(pack, position, count == length ? bytes : Arrays.copyOf(bytes, count));
  }

  private static PackRecord parse(Stretch stretch, Entry entry) throws DamagedRecordException {
    PackFile pack = stretch.pack();
    byte[] bytes = stretch.bytes();
    int at = (int) (Location.offset(entry.location()) - stretch.position());
    if (at >= bytes.length) {
      throw damaged(pack, entry, "pack ends before it", null);
    }
    RecordHeader header = RecordHeader.read(bytes, at, bytes.length);
    if (header == null) {
      throw damaged(pack, entry, "header is damaged", null);
    }
    if (!header.id().equals(entry.id())) {
      throw damaged(pack, entry, "record there is " + header.id(), null);
    }
    RecordType type = header.knownType();
    if (type == null) {
      throw damaged(pack, entry, "record is of a later format", null);
    }
    if (at + header.totalBytes() > bytes.length) {
      throw damaged(pack, entry, "pack ends inside it", null);
    }
    if (!RecordBytes.payloadHolds(header, bytes, at)) {
      throw damaged(pack, entry, "payload is damaged", null);
    }
    return RecordBytes.decode(header, type, bytes, at);
  }

  private static DamagedRecordException damaged(
      PackFile pack, Entry entry, String detail, @Nullable IOException cause) {
    DamagedRecordException damage =
        new DamagedRecordException(
            pack.id(), Location.offset(entry.location()), entry.id(), detail);
    if (cause != null) {
      damage.initCause(cause);
    }
    return damage;
  }
}
