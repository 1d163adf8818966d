package io.aifs.server.chunk;

import io.aifs.core.chunk.Codec;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.PackDamage;
import io.aifs.server.pack.PackRecord;
import io.aifs.server.pack.RecordVisitor;

/** Has those records opened, and so found damaged, whose dictionary is lost. */
record DictionaryVisitor(DictionarySource dictionaries, RecordVisitor opening, RecordVisitor next)
    implements RecordVisitor {
  @Override
  public void record(PackId pack, long position, PackRecord record) {
    boolean lost =
        Codec.withDictionary().stream()
            .anyMatch(codec -> codec.code() == record.codec() && dictionaries.of(codec).isEmpty());
    (lost ? opening : next).record(pack, position, record);
  }

  @Override
  public void damage(PackDamage damage) {
    next.damage(damage);
  }
}
