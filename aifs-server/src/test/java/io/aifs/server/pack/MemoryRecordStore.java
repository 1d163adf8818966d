package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Records in a map: no packs to record, nothing survives. For tests of what stands above. */
public final class MemoryRecordStore implements RecordStore {
  private static final PackId PACK = new PackId("0".repeat(32));

  private final Map<Digest, PackRecord> records = new LinkedHashMap<>();

  @Override
  public synchronized Set<Digest> missing(Collection<Digest> ids) {
    return ids.stream().filter(id -> !records.containsKey(id)).collect(Collectors.toSet());
  }

  @Override
  public synchronized void append(List<PackRecord> added) {
    added.forEach(RecordBytes::check);
    added.forEach(record -> records.putIfAbsent(record.id(), record));
  }

  @Override
  public synchronized Map<Digest, PackRecord> getAll(Collection<Digest> ids) {
    Map<Digest, PackRecord> found = new HashMap<>();
    for (Digest id : ids) {
      PackRecord record = records.get(id);
      if (record != null) {
        found.put(id, record);
      }
    }
    return found;
  }

  @Override
  public List<LivePack> sync() {
    return List.of();
  }

  @Override
  public long losses() {
    return 0;
  }

  @Override
  public void recorded(List<LivePack> packs) {}

  @Override
  public synchronized void scan(RecordVisitor visitor) {
    long position = 0;
    for (PackRecord record : List.copyOf(records.values())) {
      visitor.record(PACK, position, record);
      position += record.payload().length;
    }
  }

  @Override
  public List<LivePack> seal() {
    return List.of();
  }

  @Override
  public synchronized long storedBytes() {
    return records.values().stream().mapToLong(record -> record.payload().length).sum();
  }

  @Override
  public void close() {}

  @Override
  public List<String> orphans() {
    return List.of();
  }
}
