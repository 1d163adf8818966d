package io.aifs.server.catalog.sqlite;

import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.List;

/** Ids in a row, 32 bytes each. */
final class PackedIds {
  static byte[] pack(List<Digest> ids) {
    byte[] packed = new byte[Math.multiplyExact(ids.size(), Digest.BYTES)];
    for (int i = 0; i < ids.size(); i++) {
      ids.get(i).writeTo(packed, i * Digest.BYTES);
    }
    return packed;
  }

  /**
   * @throws DamagedRowException if the length is no multiple of an id's
   */
  static List<Digest> unpack(byte[] packed) throws DamagedRowException {
    if (packed.length % Digest.BYTES != 0) {
      throw new DamagedRowException("an event's ids are " + packed.length + " bytes long");
    }
    List<Digest> ids = new ArrayList<>(packed.length / Digest.BYTES);
    for (int offset = 0; offset < packed.length; offset += Digest.BYTES) {
      ids.add(Digest.fromBytes(packed, offset));
    }
    return ids;
  }

  private PackedIds() {}
}
