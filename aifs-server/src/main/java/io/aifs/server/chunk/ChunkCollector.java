package io.aifs.server.chunk;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.RecordType;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.Collector;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A {@link Collector} to whom one speaks in digests of plain bytes. */
public final class ChunkCollector {
  private final Collector records;
  private final DomainKeys keys;

  public ChunkCollector(Collector records, DomainKeys keys) {
    this.records = records;
    this.keys = keys;
  }

  /** What is done with packs and places, which have no digests. */
  public Collector records() {
    return records;
  }

  /** Begins marking: with what the domain needs as long as it lives. */
  public void beginMarking() throws IOException {
    records.beginMarking();
    var _ = mark(RecordType.DICTIONARY, DictionaryRecords.digests());
  }

  /** See {@link Collector#mark}. */
  public Set<Digest> mark(RecordType type, Collection<Digest> digests) {
    Map<Digest, Digest> plainByStored = stored(type, digests);
    return plain(records.mark(plainByStored.keySet()), plainByStored);
  }

  /** See {@link Collector#rescue}. */
  public Map<PackId, int[]> rescue(RecordType type, Collection<Digest> digests) throws IOException {
    return records.rescue(stored(type, digests).keySet());
  }

  /** See {@link Collector#absent}. */
  public Set<Digest> absent(RecordType type, Collection<Digest> digests) throws IOException {
    Map<Digest, Digest> plainByStored = stored(type, digests);
    return plain(records.absent(plainByStored.keySet()), plainByStored);
  }

  private Map<Digest, Digest> stored(RecordType type, Collection<Digest> digests) {
    Map<Digest, Digest> plainByStored = HashMap.newHashMap(digests.size());
    for (Digest digest : digests) {
      plainByStored.put(keys.storedId(type, digest), digest);
    }
    return plainByStored;
  }

  private static Set<Digest> plain(Set<Digest> stored, Map<Digest, Digest> plainByStored) {
    Set<Digest> plain = new HashSet<>();
    stored.forEach(id -> plain.add(requireNonNull(plainByStored.get(id))));
    return plain;
  }
}
