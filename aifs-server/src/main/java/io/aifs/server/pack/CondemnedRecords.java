package io.aifs.server.pack;

import io.aifs.server.model.PackId;

/** Which records of live packs the catalog has condemned. */
@FunctionalInterface
public interface CondemnedRecords {
  /** Nothing is condemned. */
  CondemnedRecords NONE = _ -> new int[0];

  /** The offsets of a pack's condemned records, in order. */
  int[] offsets(PackId pack);
}
