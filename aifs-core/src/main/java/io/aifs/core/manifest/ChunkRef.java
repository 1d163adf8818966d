package io.aifs.core.manifest;

import static java.util.Objects.requireNonNull;

import io.aifs.core.Limits;
import io.aifs.crypto.Digest;

/** One chunk's place in an asset: {@code length} content bytes from {@code offset}. */
public record ChunkRef(Digest digest, long offset, int length) {
  public ChunkRef {
    requireNonNull(digest, "digest is null");
    if (offset < 0) {
      throw new IllegalArgumentException("offset is negative: " + offset);
    }
    if (length < 1 || length > Limits.CHUNK_BYTES_MAX) {
      throw new IllegalArgumentException(
          "length is outside 1.." + Limits.CHUNK_BYTES_MAX + ": " + length);
    }
  }

  /** The offset behind the last byte. */
  public long end() {
    return offset + length;
  }
}
