package io.aifs.server.engine;

import io.aifs.core.manifest.ChunkCursor;
import io.aifs.core.manifest.ChunkRef;
import java.util.Optional;

/**
 * The chunks that hold a range of an asset, one after the other, by their places from the start of
 * the range: the first may begin before it, the last end behind it. Not thread-safe.
 */
final class PlacedChunks {
  private final ContentReader asset;
  private final long base;
  private final ChunkCursor cursor;
  private Optional<ChunkRef> next;

  /**
   * @param base the start of the range in the content
   * @param from where to begin, from the start of the range
   * @param to where to end, from there too
   */
  PlacedChunks(ContentReader asset, long base, long from, long to) {
    this.asset = asset;
    this.base = base;
    this.cursor = asset.chunks(base + from, to - from);
    this.next = asset.next(cursor);
  }

  ContentReader asset() {
    return asset;
  }

  boolean hasNext() {
    return next.isPresent();
  }

  /** The next one; only if there is one, as for all that follows. */
  ChunkRef next() {
    return next.orElseThrow();
  }

  long start() {
    return next().offset() - base;
  }

  long end() {
    return next().end() - base;
  }

  void advance() {
    next = asset.next(cursor);
  }
}
