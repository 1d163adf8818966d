package io.aifs.server.pack;

import org.jspecify.annotations.Nullable;

/** Index entries as packs of version 1 have them: a whole header and a position. Only read. */
final class IndexForm1 {
  private static final int POSITION_AT = 32;
  private static final int PAYLOAD_AT = 36;

  /** Record header and payload checksum of that version. */
  private static final int FRAME_BYTES = 60;

  private IndexForm1() {}

  /** The entry at this place, or null if it says what cannot be. */
  static @Nullable IndexEntry entry(byte[] in, int at) {
    int payload = PackFormat.getInt(in, at + PAYLOAD_AT);
    return payload < 0 || payload > PackFormat.PAYLOAD_BYTES_MAX
        ? null
        : new IndexEntry(
            RecordKey.read(in, at),
            PackFormat.getInt(in, at + POSITION_AT),
            payload + FRAME_BYTES,
            null);
  }
}
