package io.aifs.server.chunk;

import io.aifs.server.model.PackId;
import io.aifs.server.pack.PackDamage;
import io.aifs.server.pack.PackRecord;
import io.aifs.server.pack.RecordCopies;
import io.aifs.server.pack.RecordVisitor;
import java.util.Optional;

/** Passes on the records that open to what they are named after, and the others as damage. */
record OpeningVisitor(RecordOpener opener, RecordCopies copies, RecordVisitor next)
    implements RecordVisitor {
  @Override
  public void record(PackId pack, long position, PackRecord record) {
    switch (opener.verdict(record)) {
      case GENUINE -> {
        copies.opens(pack, position);
        next.record(pack, position, record);
      }
      case DAMAGED -> {
        copies.doesNotOpen(pack, position, record.id());
        tell(pack, position, record, "does not open to what it is named after");
      }
      case UNKNOWN -> {
        if (opener.hasBase(record)) {
          tell(
              pack, position, record, "is a difference to " + record.base() + ", a damaged record");
        } else {
          // Left over from a put that failed: it counts as missing, so nothing relies on it.
          next.record(pack, position, record);
        }
      }
    }
  }

  private void tell(PackId pack, long position, PackRecord record, String detail) {
    next.damage(
        new PackDamage(
            pack,
            position,
            record.payload().length,
            "record " + record.id() + " " + detail,
            Optional.of(record.id())));
  }

  @Override
  public void damage(PackDamage damage) {
    next.damage(damage);
  }
}
