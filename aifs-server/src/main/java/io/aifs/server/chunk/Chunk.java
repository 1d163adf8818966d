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
 * @param numbers what is known of numbers that it holds; a better way to store it may come of that
 */
@SuppressWarnings("ArrayRecordComponent") // a view into a buffer; never compared
public record Chunk(
    Digest digest,
    byte[] bytes,
    int offset,
    int length,
    Optional<Compressed> compressed,
    Optional<Numbers> numbers) {
  public Chunk {
    requireNonNull(numbers, "numbers is null");
    requireNonNull(digest, "digest is null");
    requireNonNull(compressed, "compressed is null");
    java.util.Objects.checkFromIndexSize(offset, length, bytes.length);
  }

  /** A chunk that the store compresses. */
  public Chunk(Digest digest, byte[] bytes, int offset, int length) {
    this(digest, bytes, offset, length, Optional.empty(), Optional.empty());
  }

  /**
   * That a chunk is all numbers.
   *
   * @param width bytes of one: 1, 2, 4 or 8
   * @param base a chunk of the same length that should be much like it, if there is one; it may be
   *     there no more
   */
  public record Numbers(int width, Optional<Digest> base) {
    public Numbers {
      requireNonNull(base, "base is null");
      if (width != 1 && width != 2 && width != 4 && width != 8) {
        throw new IllegalArgumentException("width is not 1, 2, 4 or 8: " + width);
      }
    }
  }

  /** A chunk of all of {@code bytes}. */
  public static Chunk of(byte[] bytes) {
    return new Chunk(Digest.of(bytes), bytes, 0, bytes.length);
  }
}
