package io.aifs.client.internal;

import io.aifs.core.chunk.Chunker;
import io.aifs.core.chunk.ContentCutter;
import io.aifs.core.chunk.NumberPlace;
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
  private final ContentCutter cutter;
  private final Hasher hasher = Hasher.digestOnly();
  private byte[] rest = new byte[0];
  private boolean atEnd;

  /**
   * A chunk of the content: {@code length} bytes of {@code bytes} from {@code offset}.
   *
   * @param place where it lies in a region of numbers
   */
  @SuppressWarnings("ArrayRecordComponent") // a view into a buffer; never compared
  record Piece(Digest digest, byte[] bytes, int offset, int length, Optional<NumberPlace> place) {}

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

  WindowReader(InputStream in, UploadRules rules) {
    this.in = in;
    this.cutter = new ContentCutter(new Chunker(rules.chunker()), rules.finder());
  }

  /** Bytes in all windows so far. */
  long length() {
    return hasher.length();
  }

  /** The next window; none may be asked for after the last. */
  Window next() throws IOException {
    // A new array each time: a transport may hold the last one until the other side has read it.
    byte[] buffer = Arrays.copyOf(rest, WINDOW_BYTES + cutter.parameters().bytesMax());
    int filled = rest.length;
    long start = hasher.length();
    List<Piece> pieces = new ArrayList<>();
    int at;
    do { // the head of the content may take more than a chunk to understand
      filled = fill(buffer, filled);
      at = cut(buffer, filled, pieces);
    } while (pieces.isEmpty() && !atEnd);
    hasher.update(buffer, 0, at);
    rest = Arrays.copyOfRange(buffer, at, filled);
    return new Window(start, pieces, atEnd ? Optional.of(hasher.finish()) : Optional.empty());
  }

  /** Reads until the buffer is full, or there is enough for a chunk and no more right now. */
  private int fill(byte[] buffer, int from) throws IOException {
    int filled = from;
    while (!atEnd && filled < buffer.length) {
      int count = in.read(buffer, filled, buffer.length - filled);
      atEnd = count < 0;
      filled += Math.max(count, 0);
      if (filled >= cutter.parameters().bytesMax() && !atEnd && in.available() <= 0) {
        break; // what a pipe has now is dealt with now
      }
    }
    return filled;
  }

  /** Cuts what is there into chunks, and returns where the last ends. */
  private int cut(byte[] buffer, int filled, List<Piece> pieces) {
    int at = 0;
    int length;
    while ((length = cutter.cut(buffer, at, filled - at, atEnd)) > 0) {
      pieces.add(new Piece(Digest.of(buffer, at, length), buffer, at, length, cutter.place()));
      at += length;
    }
    return at;
  }
}
