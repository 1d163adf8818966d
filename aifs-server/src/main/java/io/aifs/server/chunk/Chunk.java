package io.aifs.server.chunk;

import static java.util.Objects.requireNonNull;

import io.aifs.core.chunk.Compressed;
import io.aifs.crypto.Digest;
import java.util.Optional;

/**
 * Plain bytes and their digest: {@code bytes[offset..offset+length)}, not copied, so the array must
 * not change while the chunk is in use.
 *
 * @param compressed the same as it shall be stored; empty leaves that to the store
 */
@SuppressWarnings("ArrayRecordComponent") // a view into a buffer; never compared
public record Chunk(
    Digest digest, byte[] bytes, int offset, int length, Optional<Compressed> compressed) {
  public Chunk {
    requireNonNull(digest, "digest is null");
    requireNonNull(compressed, "compressed is null");
    java.util.Objects.checkFromIndexSize(offset, length, bytes.length);
  }

  /** A chunk that the store compresses. */
  public Chunk(Digest digest, byte[] bytes, int offset, int length) {
    this(digest, bytes, offset, length, Optional.empty());
  }

  /** A chunk of all of {@code bytes}. */
  public static Chunk of(byte[] bytes) {
    return new Chunk(Digest.of(bytes), bytes, 0, bytes.length);
  }
}
