package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A visitor that keeps what a scan finds. */
final class FoundRecords implements RecordVisitor {
  final Map<Digest, PackRecord> records = new LinkedHashMap<>();
  final List<PackDamage> damage = new ArrayList<>();
  int visits;

  static FoundRecords in(RecordStore store) throws IOException {
    FoundRecords found = new FoundRecords();
    store.scan(found);
    return found;
  }

  @Override
  public void record(PackId pack, long position, PackRecord record) {
    visits++;
    records.put(record.id(), record);
  }

  @Override
  public void damage(PackDamage found) {
    damage.add(found);
  }

  /** Whether some damage names this byte. */
  boolean names(long position) {
    return damage.stream()
        .anyMatch(
            found ->
                position >= found.position() && position < found.position() + found.lengthBytes());
  }
}
