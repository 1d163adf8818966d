package io.aifs.core.chunk;

import static java.util.Objects.requireNonNull;

import java.util.Objects;

/**
 * A chunk's bytes as they are stored: {@code length} bytes of {@code bytes} from {@code offset}.
 * With {@link Codec#STORED} the array is the caller's own and is not copied; leave it alone until
 * the bytes are used.
 */
@SuppressWarnings("ArrayRecordComponent") // one copy less for every chunk; never compared
public record Compressed(Codec codec, byte[] bytes, int offset, int length) {
  public Compressed {
    requireNonNull(codec, "codec is null");
    Objects.checkFromIndexSize(offset, length, bytes.length);
  }
}
