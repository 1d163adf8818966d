package io.aifs.server.pack;

import static io.aifs.server.pack.PackFormat.INDEX_HEADER_BYTES;
import static io.aifs.server.pack.PackFormat.RECORD_HEADER_BYTES_MAX;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Goes from record to record without an index. After bytes that are no record header it goes on at
 * the next place where the checksums of a whole record hold: payloads are ciphertext, so these 64
 * bits stand in one by chance once in 2^64 positions, and a client cannot place them there.
 */
final class PackWalk {
  private final PackWindow window;
  private final long end;
  private final Sink sink;

  /** What the walk passes, in order; the stretches follow each other without a gap. */
  interface Sink {
    /** A record whose header holds; its payload is not checked. */
    void record(long position, RecordHeader header) throws IOException;

    /** Bytes that no record header accounts for. */
    void lost(long position, long lengthBytes);
  }

  /**
   * @param end where the pack ends as far as the reader is concerned
   */
  PackWalk(PackWindow window, long end, Sink sink) {
    this.window = window;
    this.end = end;
    this.sink = sink;
  }

  /**
   * Walks from the first record on.
   *
   * @param sealed whether the records may be followed by an index block
   * @return where the records end: at the index block or at the end
   */
  long run(boolean sealed) throws IOException {
    long position = Math.min(PackFormat.HEADER_BYTES, end);
    while (position < end && !(sealed && indexAt(position))) {
      RecordHeader header = headerAt(position);
      if (header != null) {
        sink.record(position, header);
        position += header.totalBytes();
      } else {
        long next = nextAfter(position, sealed);
        sink.lost(position, next - position);
        position = next;
      }
    }
    return position;
  }

  private long nextAfter(long position, boolean sealed) throws IOException {
    for (long next = position + 1; next < end; next++) {
      if (recordAt(next) || (sealed && indexAt(next))) {
        return next;
      }
    }
    return end;
  }

  /** The header of a record that begins here and ends in the pack, or null. */
  private @Nullable RecordHeader headerAt(long position) throws IOException {
    int most = (int) Math.min(RECORD_HEADER_BYTES_MAX, end - position);
    if (position >= PackFormat.PACK_BYTES_MAX || !window.has(position, most)) {
      return null;
    }
    int at = window.at(position);
    RecordHeader header = RecordHeader.read(window.bytes(), at, at + most);
    return header != null && position + header.totalBytes() <= end ? header : null;
  }

  /** Whether a whole record is here: of a header alone, 32 bits are too few to search for. */
  private boolean recordAt(long position) throws IOException {
    RecordHeader header = headerAt(position);
    return header != null
        && window.has(position, header.totalBytes())
        && RecordBytes.payloadHolds(header, window.bytes(), window.at(position));
  }

  private boolean indexAt(long position) throws IOException {
    return window.has(position, INDEX_HEADER_BYTES)
        && IndexBlock.beginsAt(window.bytes(), window.at(position));
  }
}
