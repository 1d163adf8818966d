package io.aifs.server.pack;

import io.aifs.server.model.PackId;

/** What a scan finds, in order of position. */
public interface RecordVisitor {
  /** A record whose checksums hold. */
  void record(PackId pack, long position, PackRecord record);

  /** Bytes of a live pack that are not what was written. */
  void damage(PackDamage damage);
}
