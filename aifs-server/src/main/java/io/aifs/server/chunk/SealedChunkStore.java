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
  private final RecordStore records;
  private final DomainKeys keys;
  private final RecordSealer sealer;
  private final ChunkCompressor compressor;
  private final Dictionaries dictionaries;
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
    this.compressor = compressor;
    this.dictionaries =
        new Dictionaries(
            new DictionaryRecords(records, keys, cipher, compressor), compressor, plan);
    this.opener = new RecordOpener(keys, cipher, compressor, dictionaries);
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
    List<PackRecord> sealed = new ArrayList<>(missing.size());
    long storedBytes = 0;
    for (Map.Entry<Digest, Chunk> entry : byStored.entrySet()) {
      if (missing.contains(entry.getKey())) {
        PackRecord record = seal(type, entry.getKey(), entry.getValue());
        storedBytes += record.payload().length;
        sealed.add(record);
        dictionaries.show(type, entry.getValue());
      }
    }
    if (!sealed.isEmpty()) {
      records.append(sealed);
      dictionaries.trainIfDue();
    }
    return new PutTally(chunks.size(), sealed.size(), storedBytes);
  }

  private PackRecord seal(RecordType type, Digest stored, Chunk chunk) {
    Compressed compressed =
        chunk
            .compressed()
            .orElseGet(
                () ->
                    compressor.compress(
                        dictionaries.forChunk(type, chunk.length()),
                        chunk.bytes(),
                        chunk.offset(),
                        chunk.length()));
    return sealer.seal(type, stored, compressed, chunk.length());
  }

  @Override
  public Map<Digest, byte[]> getAll(RecordType type, Collection<Digest> digests)
      throws IOException {
    Map<Digest, Digest> plainByStored = storedIds(type, digests);
    Map<Digest, byte[]> found = new HashMap<>();
    for (Map.Entry<Digest, PackRecord> entry : read(plainByStored).entrySet()) {
      Digest digest = requireNonNull(plainByStored.get(entry.getKey()));
      found.put(digest, openGenuine(digest, entry.getValue()));
    }
    return found;
  }

  /** Opens and verifies a record, or another copy of it if this one does not open. */
  private byte[] openGenuine(Digest digest, PackRecord record) throws IOException {
    try {
      return openAs(digest, record);
    } catch (ChunkDamagedException e) {
      Optional<PackRecord> other = copies.genuine(record.id(), opener::isGenuine);
      if (other.isEmpty()) {
        throw e;
      }
      return openAs(digest, other.get());
    }
  }

  private byte[] openAs(Digest digest, PackRecord record) throws IOException {
    byte[] plain;
    try {
      plain = opener.open(record);
    } catch (UncheckedIOException e) {
      throw new IOException("the dictionary that chunk " + digest + " needs cannot be read", e);
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
    records.scan(open ? opening : new DictionaryVisitor(dictionaries, opening, visitor));
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
