package io.aifs.core.manifest;

import io.aifs.crypto.Digest;
import java.nio.ByteBuffer;

/** The two lists that a manifest keeps, each as a tree of pages of its own kind. */
enum PagedList {
  /** Digest and u24 length, in content order; inner entries say how many bytes lie below. */
  CHUNKS(1, Digest.BYTES + 3, Digest.BYTES + 8),
  /** BLAKE3 chaining values of aligned 64 KiB groups; inner entries are digests alone. */
  CHAINING_VALUES(2, Digest.BYTES, Digest.BYTES);

  private final int code;
  private final int leafEntryBytes;
  private final int innerEntryBytes;

  PagedList(int code, int leafEntryBytes, int innerEntryBytes) {
    this.code = code;
    this.leafEntryBytes = leafEntryBytes;
    this.innerEntryBytes = innerEntryBytes;
  }

  int code() {
    return code;
  }

  int entryBytes(int level) {
    return level == 0 ? leafEntryBytes : innerEntryBytes;
  }

  /** Writes a leaf entry of {@link #CHUNKS}. */
  static void putChunk(ByteBuffer out, Digest digest, int length) {
    out.put(digest.toBytes()).put((byte) (length >>> 16)).putShort((short) length);
  }
}
