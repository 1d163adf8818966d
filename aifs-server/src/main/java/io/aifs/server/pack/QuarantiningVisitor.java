package io.aifs.server.pack;

import io.aifs.server.model.DamagedRecord;
import io.aifs.server.model.PackId;

/** Passes on what a scan finds, and tells the quarantine which copies are damaged and which not. */
record QuarantiningVisitor(Quarantine quarantine, RecordVisitor next) implements RecordVisitor {
  @Override
  public void record(PackId pack, long position, PackRecord record) {
    quarantine.checksumHolds(pack, position);
    next.record(pack, position, record);
  }

  @Override
  public void damage(PackDamage damage) {
    damage
        .record()
        .ifPresent(
            id ->
                quarantine.add(
                    new DamagedRecord(
                        damage.pack(), damage.position(), id, false, damage.detail())));
    next.damage(damage);
  }
}
