package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import io.aifs.server.model.PackId;

/**
 * What one run has condemned in one pack.
 *
 * @param bytes of the records, about
 * @param offsets of the records, in order; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a column; never compared
public record CondemnedPack(PackId pack, long run, long bytes, int[] offsets) {
  public CondemnedPack {
    requireNonNull(pack, "pack is null");
    for (int i = 0; i < offsets.length; i++) {
      if (offsets[i] <= (i == 0 ? 0 : offsets[i - 1])) {
        throw new IllegalArgumentException("offsets are not in order: " + offsets[i]);
      }
    }
  }
}
