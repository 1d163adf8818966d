package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.SnapshotId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Snapshot ids as columns: 16 bytes each, several one after the other, NULL for none. */
final class PackedSnapshotIds {
  static final int BYTES = 16;

  static byte[] bytes(SnapshotId id) {
    return HexFormat.of().parseHex(id.hex());
  }

  /**
   * @throws DamagedRowException if it is not an id
   */
  static SnapshotId id(byte[] column) throws DamagedRowException {
    if (column.length != BYTES) {
      throw new DamagedRowException("a snapshot id is " + column.length + " bytes long");
    }
    return new SnapshotId(HexFormat.of().formatHex(column));
  }

  static byte @Nullable [] pack(List<SnapshotId> ids) {
    if (ids.isEmpty()) {
      return null;
    }
    byte[] packed = new byte[ids.size() * BYTES];
    for (int i = 0; i < ids.size(); i++) {
      System.arraycopy(bytes(ids.get(i)), 0, packed, i * BYTES, BYTES);
    }
    return packed;
  }

  /**
   * @throws DamagedRowException if the length is no multiple of an id's
   */
  static List<SnapshotId> unpack(byte[] packed) throws DamagedRowException {
    if (packed.length % BYTES != 0) {
      throw new DamagedRowException("snapshot ids are " + packed.length + " bytes long");
    }
    List<SnapshotId> ids = new ArrayList<>(packed.length / BYTES);
    for (int offset = 0; offset < packed.length; offset += BYTES) {
      ids.add(id(Arrays.copyOfRange(packed, offset, offset + BYTES)));
    }
    return ids;
  }

  private PackedSnapshotIds() {}
}
