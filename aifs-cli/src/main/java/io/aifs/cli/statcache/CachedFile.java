package io.aifs.cli.statcache;

import io.aifs.crypto.Digest;
import java.nio.ByteBuffer;

/**
 * One entry of the cache.
 *
 * @param day when it was last of use, days since the epoch
 */
record CachedFile(PathKey path, FileStamp stamp, Digest id, int day) {
  /** Of every entry. */
  static final int BYTES = PathKey.BYTES + 5 * Long.BYTES + Digest.BYTES + Integer.BYTES;

  static CachedFile read(ByteBuffer in) {
    PathKey path = PathKey.read(in);
    FileStamp stamp =
        new FileStamp(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
    byte[] id = new byte[Digest.BYTES];
    in.get(id);
    return new CachedFile(path, stamp, Digest.fromBytes(id), in.getInt());
  }

  void write(ByteBuffer out) {
    path.write(out);
    out.putLong(stamp.size())
        .putLong(stamp.mtimeNanos())
        .putLong(stamp.ctimeNanos())
        .putLong(stamp.inode())
        .putLong(stamp.device())
        .put(id.toBytes())
        .putInt(day);
  }

  CachedFile usedOn(int newDay) {
    return new CachedFile(path, stamp, id, newDay);
  }
}
