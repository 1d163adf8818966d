package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Packs of records in maps: nothing survives. For tests of what stands above. */
public final class MemoryRecordStore implements RecordStore {
  private static final DomainId DOMAIN = DomainId.parse("0".repeat(32));

  private final Map<PackId, Map<Digest, PackRecord>> packs = new LinkedHashMap<>();
  private final Map<PackId, LivePack> unrecorded = new LinkedHashMap<>();
  private int packsBegun;
  private boolean open;

  @Override
  public synchronized Set<Digest> missing(Collection<Digest> ids) {
    Set<Digest> stored = getAll(ids).keySet();
    return ids.stream().filter(id -> !stored.contains(id)).collect(Collectors.toSet());
  }

  @Override
  public synchronized void append(List<PackRecord> added) {
    added.forEach(RecordBytes::check);
    Set<Digest> missing = missing(added.stream().map(PackRecord::id).toList());
    for (PackRecord record : added) {
      if (missing.remove(record.id())) {
        PackId id = new PackId("%032x".formatted(open ? packsBegun : ++packsBegun));
        open = true;
        Map<Digest, PackRecord> pack = packs.computeIfAbsent(id, _ -> new LinkedHashMap<>());
        pack.put(record.id(), record);
        unrecorded.put(id, new LivePack(id, DOMAIN, bytes(pack), false));
      }
    }
  }

  @Override
  public synchronized Map<Digest, PackRecord> getBases(Collection<Digest> ids) {
    Map<Digest, PackRecord> found = getAll(ids);
    found.values().removeIf(record -> record.base() != null);
    return found;
  }

  @Override
  public synchronized Map<Digest, PackRecord> getAll(Collection<Digest> ids) {
    Map<Digest, PackRecord> found = new HashMap<>();
    for (Digest id : ids) {
      for (Map<Digest, PackRecord> pack : packs.values()) {
        PackRecord record = pack.get(id);
        if (record != null) {
          found.put(id, record);
        }
      }
    }
    return found;
  }

  @Override
  public synchronized List<LivePack> sync() {
    return List.copyOf(unrecorded.values());
  }

  @Override
  public long losses() {
    return 0;
  }

  @Override
  public synchronized void recorded(List<LivePack> recorded) {
    recorded.forEach(pack -> unrecorded.remove(pack.id(), pack));
  }

  @Override
  public synchronized void scan(RecordVisitor visitor) {
    packs.forEach(
        (id, pack) -> {
          long position = 0;
          for (PackRecord record : List.copyOf(pack.values())) {
            visitor.record(id, position, record);
            position += record.payload().length;
          }
        });
  }

  @Override
  public synchronized List<LivePack> seal() {
    open = false;
    return sync();
  }

  @Override
  public synchronized void forget(Collection<PackId> forgotten) {
    if (open && forgotten.contains(new PackId("%032x".formatted(packsBegun)))) {
      throw new IllegalArgumentException("pack is still written");
    }
    packs.keySet().removeAll(forgotten);
    unrecorded.keySet().removeAll(forgotten);
  }

  @Override
  public synchronized long storedBytes() {
    return packs.values().stream().mapToLong(MemoryRecordStore::bytes).sum();
  }

  private static long bytes(Map<Digest, PackRecord> pack) {
    return pack.values().stream().mapToLong(record -> record.payload().length).sum();
  }

  @Override
  public void close() {}

  @Override
  public List<String> orphans() {
    return List.of();
  }
}
