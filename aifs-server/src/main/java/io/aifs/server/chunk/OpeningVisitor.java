package io.aifs.server.chunk;

import io.aifs.server.model.PackId;
import io.aifs.server.pack.PackDamage;
import io.aifs.server.pack.PackRecord;
import io.aifs.server.pack.RecordVisitor;

/** Passes on the records that open to what they are named after, and the others as damage. */
record OpeningVisitor(RecordOpener opener, RecordVisitor next) implements RecordVisitor {
  @Override
  public void record(PackId pack, long position, PackRecord record) {
    if (opener.isGenuine(record)) {
      next.record(pack, position, record);
    } else {
      next.damage(
          new PackDamage(
              pack,
              position,
              record.payload().length,
              "record " + record.id() + " does not open to what it is named after"));
    }
  }

  @Override
  public void damage(PackDamage damage) {
    next.damage(damage);
  }
}
