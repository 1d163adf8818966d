package io.aifs.server.chunk;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;

/**
 * Plain bytes and their digest: {@code bytes[offset..offset+length)}, not copied, so the array must
 * not change while the chunk is in use.
 */
@SuppressWarnings("ArrayRecordComponent") // a view into a buffer; never compared
public record Chunk(Digest digest, byte[] bytes, int offset, int length) {
  public Chunk {
    requireNonNull(digest, "digest is null");
    java.util.Objects.checkFromIndexSize(offset, length, bytes.length);
  }

  /** A chunk of all of {@code bytes}. */
  public static Chunk of(byte[] bytes) {
    return new Chunk(Digest.of(bytes), bytes, 0, bytes.length);
  }
}
