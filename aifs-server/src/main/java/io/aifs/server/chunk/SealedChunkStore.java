package io.aifs.server.chunk;

import static java.util.Objects.requireNonNull;

import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.core.chunk.Compressed;
import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.RecordType;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import io.aifs.server.model.PutTally;
import io.aifs.server.pack.DamagedRecordException;
import io.aifs.server.pack.PackRecord;
import io.aifs.server.pack.RecordCopies;
import io.aifs.server.pack.RecordStore;
import io.aifs.server.pack.RecordVisitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compresses, seals and names chunks on their way into a {@link RecordStore}, and verifies them on
 * their way out. Thread-safe; a call does its work on the caller's thread.
 */
public final class SealedChunkStore implements ChunkStore {
  /** Bases held at a time while differences are opened: at most 32 MiB. */
  private static final int BASES_AT_A_TIME = 32;

  private final RecordStore records;
  private final DomainKeys keys;
  private final RecordSealer sealer;
  private final Dictionaries dictionaries;
  private final Bases bases;
  private final ChunkForm form;
  private final RecordOpener opener;
  private final RoomGate room;
  private final RecordCopies copies;

  /**
   * Takes over {@code records}; cipher, compressor and gate may be shared.
   *
   * @param copies where those records have their copies
   * @param plan when to make dictionaries
   */
  public SealedChunkStore(
      RecordStore records,
      RecordCopies copies,
      DomainKeys keys,
      ChunkCipher cipher,
      ChunkCompressor compressor,
      DictionaryPlan plan,
      RoomGate room) {
    this.room = room;
    this.records = records;
    this.copies = copies;
    this.keys = keys;
    this.sealer = new RecordSealer(keys, cipher);
    this.dictionaries =
        new Dictionaries(
            new DictionaryRecords(records, keys, cipher, compressor), compressor, plan);
    this.bases =
        new Bases(
            records,
            copies,
            new RecordOpener(keys, cipher, compressor, dictionaries, BaseSource.NONE));
    this.opener = new RecordOpener(keys, cipher, compressor, dictionaries, bases);
    this.form = new ChunkForm(compressor, dictionaries);
  }

  @Override
  public Set<Digest> missing(RecordType type, Collection<Digest> digests) throws IOException {
    Map<Digest, Digest> plainByStored = storedIds(type, digests);
    Set<Digest> missing = new HashSet<>();
    for (Digest stored : records.missing(plainByStored.keySet())) {
      missing.add(requireNonNull(plainByStored.get(stored)));
    }
    return missing;
  }

  @Override
  public PutTally putAll(RecordType type, List<Chunk> chunks) throws IOException {
    room.requireRoom();
    Map<Digest, Chunk> byStored = new LinkedHashMap<>();
    for (Chunk chunk : chunks) {
      byStored.put(keys.storedId(type, chunk.digest()), chunk);
    }
    Set<Digest> missing = records.missing(byStored.keySet());
    byStored.keySet().retainAll(missing);
    List<PackRecord> sealed = new ArrayList<>(missing.size());
    Map<Digest, Bases.Base> proposed = bases.proposed(proposedBases(type, byStored.values()));
    for (Map.Entry<Digest, Chunk> entry : byStored.entrySet()) {
      Chunk chunk = entry.getValue();
      sealed.add(seal(type, entry.getKey(), chunk, proposed));
      dictionaries.show(type, chunk);
    }
    long storedBytes = payloadBytes(sealed);
    if (!sealed.isEmpty()) {
      records.append(sealed);
      storedBytes += payloadBytes(appendInFull(type, sealed, byStored));
      dictionaries.trainIfDue();
    }
    return new PutTally(chunks.size(), sealed.size(), storedBytes);
  }

  /** The stored ids of what these chunks should be much like. */
  private Set<Digest> proposedBases(RecordType type, Collection<Chunk> chunks) {
    Set<Digest> ids = new HashSet<>();
    for (Chunk chunk : chunks) {
      chunk
          .numbers()
          .flatMap(Chunk.Numbers::base)
          .ifPresent(base -> ids.add(keys.storedId(type, base)));
    }
    return ids;
  }

  private PackRecord seal(
      RecordType type, Digest stored, Chunk chunk, Map<Digest, Bases.Base> proposed) {
    Compressed alone = form.alone(type, chunk);
    Optional<Bases.Base> base =
        chunk
            .numbers()
            .flatMap(Chunk.Numbers::base)
            .map(plain -> proposed.get(keys.storedId(type, plain)))
            .filter(one -> !one.id().equals(stored));
    Optional<Compressed> difference = base.flatMap(one -> form.difference(chunk, one, alone));
    return difference.isPresent()
        ? sealer.seal(type, stored, difference.get(), base.get().id(), chunk.length())
        : sealer.seal(type, stored, alone, chunk.length());
  }

  /**
   * Appends those in full that are missing still, as their bases were condemned or found damaged
   * while they were sealed: what a put has stored can be read from records that it may count on.
   */
  private List<PackRecord> appendInFull(
      RecordType type, List<PackRecord> sealed, Map<Digest, Chunk> byStored) throws IOException {
    List<Digest> differences =
        sealed.stream().filter(record -> record.base() != null).map(PackRecord::id).toList();
    List<PackRecord> full = new ArrayList<>();
    for (Digest stored : differences.isEmpty() ? Set.<Digest>of() : records.missing(differences)) {
      full.add(seal(type, stored, requireNonNull(byStored.get(stored)), Map.of()));
    }
    if (!full.isEmpty()) {
      records.append(full);
    }
    return full;
  }

  private static long payloadBytes(List<PackRecord> sealed) {
    return sealed.stream().mapToLong(record -> record.payload().length).sum();
  }

  @Override
  public Map<Digest, byte[]> getAll(RecordType type, Collection<Digest> digests)
      throws IOException {
    Map<Digest, Digest> plainByStored = storedIds(type, digests);
    Map<Digest, byte[]> found = new HashMap<>();
    Map<Digest, List<PackRecord>> byBase = new LinkedHashMap<>();
    for (PackRecord record : read(plainByStored).values()) {
      if (record.base() != null) {
        byBase.computeIfAbsent(record.base(), _ -> new ArrayList<>()).add(record);
      } else {
        Digest digest = requireNonNull(plainByStored.get(record.id()));
        found.put(digest, openGenuine(digest, record, bases));
      }
    }
    List<Digest> ids = List.copyOf(byBase.keySet());
    for (int from = 0; from < ids.size(); from += BASES_AT_A_TIME) {
      List<Digest> some = ids.subList(from, Math.min(ids.size(), from + BASES_AT_A_TIME));
      Map<Digest, byte[]> contents = bases.all(some);
      BaseSource source =
          id -> contents.containsKey(id) ? Optional.ofNullable(contents.get(id)) : bases.of(id);
      for (Digest id : some) {
        for (PackRecord record : requireNonNull(byBase.get(id))) {
          Digest digest = requireNonNull(plainByStored.get(record.id()));
          found.put(digest, openGenuine(digest, record, source));
        }
      }
    }
    return found;
  }

  /** Opens and verifies a record, or another copy of it if this one does not open. */
  private byte[] openGenuine(Digest digest, PackRecord record, BaseSource bases)
      throws IOException {
    try {
      return openAs(digest, record, bases);
    } catch (ChunkDamagedException e) {
      Optional<PackRecord> other = copies.genuine(record.id(), opener::verdict);
      if (other.isEmpty()) {
        throw e;
      }
      return openAs(digest, other.get(), bases);
    }
  }

  private byte[] openAs(Digest digest, PackRecord record, BaseSource bases) throws IOException {
    byte[] plain;
    try {
      plain = opener.open(record, bases);
    } catch (UncheckedIOException e) {
      throw new IOException("what chunk " + digest + " is stored by cannot be read", e);
    }
    if (!Digest.of(plain).equals(digest)) {
      throw new ChunkDamagedException(digest, "its content has another digest", null);
    }
    return plain;
  }

  private Map<Digest, PackRecord> read(Map<Digest, Digest> plainByStored) throws IOException {
    try {
      return records.getAll(plainByStored.keySet());
    } catch (DamagedRecordException e) {
      Digest plain = plainByStored.getOrDefault(e.id(), e.id());
      throw new ChunkDamagedException(plain, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void scan(boolean open, RecordVisitor visitor) throws IOException {
    dictionaries.load(); // so that no record is taken for damaged because the disk fails now
    OpeningVisitor opening = new OpeningVisitor(opener, copies, visitor);
    try {
      records.scan(open ? opening : new DictionaryVisitor(dictionaries, opening, visitor));
    } catch (UncheckedIOException e) {
      throw new IOException("what records are stored by cannot be read", e);
    }
    dictionaries.mend();
  }

  @Override
  public List<String> orphans() throws IOException {
    return records.orphans();
  }

  private Map<Digest, Digest> storedIds(RecordType type, Collection<Digest> digests) {
    Map<Digest, Digest> plainByStored = LinkedHashMap.newLinkedHashMap(digests.size());
    for (Digest digest : digests) {
      plainByStored.put(keys.storedId(type, digest), digest);
    }
    return plainByStored;
  }

  @Override
  public List<LivePack> sync() throws IOException {
    return records.sync();
  }

  @Override
  public long losses() {
    return records.losses();
  }

  @Override
  public void recorded(List<LivePack> packs) {
    records.recorded(packs);
  }

  @Override
  public List<LivePack> seal() throws IOException {
    return records.seal();
  }

  @Override
  public void forget(Collection<PackId> packs) throws IOException {
    records.forget(packs);
  }

  @Override
  public long storedBytes() {
    return records.storedBytes();
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
