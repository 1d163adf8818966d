package io.aifs.server.chunk;

import io.aifs.crypto.Digest;
import io.aifs.server.pack.DamagedRecordException;
import io.aifs.server.pack.PackRecord;
import io.aifs.server.pack.RecordCopies;
import io.aifs.server.pack.RecordStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The contents that others are stored as differences to, read from records that hold them in full.
 * The last few are kept, as neighbours tend to have the same. Thread-safe.
 */
final class Bases implements BaseSource {
  private final RecordStore records;
  private final RecordCopies copies;

  /** Opens what needs no base. */
  private final RecordOpener opener;

  private final RecentBases recent = new RecentBases();

  /**
   * What a chunk may be stored as a difference to.
   *
   * @param id stored id of a record that holds the content in full
   */
  @SuppressWarnings("ArrayRecordComponent") // not copied; never compared
  record Base(Digest id, byte[] content) {}

  Bases(RecordStore records, RecordCopies copies, RecordOpener opener) {
    this.records = records;
    this.copies = copies;
    this.opener = opener;
  }

  @Override
  public Optional<byte[]> of(Digest id) throws ChunkDamagedException {
    Optional<byte[]> known = recent.get(id);
    if (known.isPresent()) {
      return known;
    }
    try {
      PackRecord record = records.getBases(List.of(id)).get(id);
      return record == null ? Optional.empty() : Optional.of(open(record));
    } catch (ChunkDamagedException e) {
      throw e;
    } catch (DamagedRecordException e) {
      throw new ChunkDamagedException(id, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Those of these that are there and open, read in one go. Whoever misses one may ask for it
   * {@link #of alone} to learn why.
   */
  Map<Digest, byte[]> all(Collection<Digest> ids) throws IOException {
    Map<Digest, byte[]> found = new HashMap<>();
    Set<Digest> wanted = new HashSet<>();
    for (Digest id : ids) {
      Optional<byte[]> known = recent.get(id);
      if (known.isPresent()) {
        found.put(id, known.get());
      } else {
        wanted.add(id);
      }
    }
    try {
      for (PackRecord record : records.getBases(wanted).values()) {
        openInto(record, found);
      }
    } catch (DamagedRecordException _) {
      // one of them: each of them may be asked for alone
    }
    return found;
  }

  /**
   * What there is to store chunks as differences to, where these records were proposed: themselves,
   * or what they are differences to. Those are left out that puts are not to count on.
   */
  Map<Digest, Base> proposed(Set<Digest> ids) throws IOException {
    Set<Digest> usable = new HashSet<>(ids);
    usable.removeAll(records.missing(ids));
    Map<Digest, Digest> further = new HashMap<>();
    Map<Digest, byte[]> contents = new HashMap<>();
    Map<Digest, Base> found = new HashMap<>();
    for (PackRecord record : read(usable, contents)) {
      if (record.base() == null) {
        openInto(record, contents);
      } else {
        further.put(record.id(), record.base());
      }
    }
    contents.putAll(all(further.values()));
    for (Digest id : usable) {
      Digest full = further.getOrDefault(id, id);
      byte[] content = contents.get(full);
      if (content != null) {
        found.put(id, new Base(full, content));
      }
    }
    return found;
  }

  /** Reads the records whose content is not at hand, which goes into {@code contents}. */
  private List<PackRecord> read(Set<Digest> ids, Map<Digest, byte[]> contents) throws IOException {
    List<Digest> wanted = new ArrayList<>();
    for (Digest id : ids) {
      recent.get(id).ifPresentOrElse(content -> contents.put(id, content), () -> wanted.add(id));
    }
    try {
      return List.copyOf(records.getAll(wanted).values());
    } catch (DamagedRecordException _) {
      return List.of(); // whoever reads it is told
    }
  }

  private void openInto(PackRecord record, Map<Digest, byte[]> found) throws IOException {
    try {
      found.put(record.id(), open(record));
    } catch (ChunkDamagedException _) {
      // whoever reads it is told
    }
  }

  /** Opens a record that needs no base, or another copy that does. */
  private byte[] open(PackRecord record) throws IOException {
    byte[] content;
    try {
      content = opener.openGenuine(record);
    } catch (ChunkDamagedException e) {
      Optional<PackRecord> other = copies.genuineBase(record.id(), opener::isGenuine);
      if (other.isEmpty()) {
        throw e;
      }
      content = opener.openGenuine(other.get());
    }
    recent.put(record.id(), content);
    return content;
  }
}
