package io.aifs.server.model;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;

/**
 * A copy of a record that does not read back as what was written.
 *
 * @param position where it begins in the pack
 * @param id its stored id
 * @param checksumHolds its bytes are as their checksum says, but do not open to what they are named
 *     after: only opening it again can show that it is sound
 * @param detail what is wrong with it, for an operator
 */
public record DamagedRecord(
    PackId pack, long position, Digest id, boolean checksumHolds, String detail) {
  /** Longer words about a record are cut off. */
  public static final int DETAIL_CHARACTERS_MAX = 500;

  public DamagedRecord {
    requireNonNull(pack, "pack is null");
    requireNonNull(id, "id is null");
    if (position < 0) {
      throw new IllegalArgumentException("position is negative: " + position);
    }
    if (detail.length() > DETAIL_CHARACTERS_MAX) {
      detail = detail.substring(0, DETAIL_CHARACTERS_MAX);
    }
  }
}
