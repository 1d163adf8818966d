package io.aifs.client.internal;

import io.aifs.core.chunk.Chunker;
import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Cuts content into chunks as a store does, a window of chunks at a time, and digests both them and
 * the whole. Not thread-safe.
 */
final class WindowReader {
  /** Content of a window: some 64 chunks, whose digests are asked about together. */
  static final int WINDOW_BYTES = 4 << 20;

  private final InputStream in;
  private final Chunker chunker;
  private final Hasher hasher = Hasher.digestOnly();
  private byte[] rest = new byte[0];
  private boolean atEnd;

  /** A chunk of the content: {@code length} bytes of {@code bytes} from {@code offset}. */
  @SuppressWarnings("ArrayRecordComponent") // a view into a buffer; never compared
  record Piece(Digest digest, byte[] bytes, int offset, int length) {}

  /**
   * Some chunks in the order of the content; none only in the last window.
   *
   * @param start bytes of content before it
   * @param whole the asset id; only in the last window
   */
  record Window(long start, List<Piece> pieces, Optional<Digest> whole) {
    boolean isLast() {
      return whole.isPresent();
    }

    List<Digest> digests() {
      return pieces.stream().map(Piece::digest).toList();
    }
  }

  WindowReader(InputStream in, ChunkerParameters rules) {
    this.in = in;
    this.chunker = new Chunker(rules);
  }

  /** Bytes in all windows so far. */
  long length() {
    return hasher.length();
  }

  /** The next window; none may be asked for after the last. */
  Window next() throws IOException {
    int chunkBytesMax = chunker.parameters().bytesMax();
    // A new array each time: a transport may hold the last one until the other side has read it.
    byte[] buffer = Arrays.copyOf(rest, WINDOW_BYTES + chunkBytesMax);
    int filled = rest.length;
    while (!atEnd && filled < buffer.length) {
      int count = in.read(buffer, filled, buffer.length - filled);
      atEnd = count < 0;
      filled += Math.max(count, 0);
      if (filled >= chunkBytesMax && !atEnd && in.available() <= 0) {
        break; // what a pipe has now is dealt with now
      }
    }
    long start = hasher.length();
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    for (int length = cut(buffer, 0, filled); length > 0; length = cut(buffer, at, filled)) {
      pieces.add(new Piece(Digest.of(buffer, at, length), buffer, at, length));
      at += length;
    }
    hasher.update(buffer, 0, at);
    rest = Arrays.copyOfRange(buffer, at, filled);
    return new Window(start, pieces, atEnd ? Optional.of(hasher.finish()) : Optional.empty());
  }

  private int cut(byte[] buffer, int at, int filled) {
    return chunker.cut(buffer, at, filled - at, atEnd);
  }
}
