package io.aifs.vector;

import java.nio.ByteBuffer;

/** Names an asset: the 32 bytes of its id, as four numbers in the order of the bytes. */
public record AssetKey(long first, long second, long third, long fourth)
    implements Comparable<AssetKey> {
  /** Bytes of a key. */
  public static final int BYTES = 32;

  /**
   * Of an id's bytes.
   *
   * @throws IllegalArgumentException if they are not 32
   */
  public static AssetKey of(byte[] id) {
    if (id.length != BYTES) {
      throw new IllegalArgumentException("an asset's key has not 32 bytes: " + id.length);
    }
    ByteBuffer bytes = ByteBuffer.wrap(id);
    return new AssetKey(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
  }

  /** The id. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(first)
        .putLong(second)
        .putLong(third)
        .putLong(fourth)
        .array();
  }

  /** In the order of the ids' unsigned bytes. */
  @Override
  public int compareTo(AssetKey other) {
    int order = Long.compareUnsigned(first, other.first);
    order = order != 0 ? order : Long.compareUnsigned(second, other.second);
    order = order != 0 ? order : Long.compareUnsigned(third, other.third);
    return order != 0 ? order : Long.compareUnsigned(fourth, other.fourth);
  }

  /** Ids are digests: any part of one is as good as a hash. */
  @Override
  public int hashCode() {
    return Long.hashCode(first);
  }
}
