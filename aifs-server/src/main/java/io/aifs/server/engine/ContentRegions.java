package io.aifs.server.engine;

import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.chunk.NumberPlace;
import io.aifs.core.chunk.NumberRegions;
import io.aifs.core.chunk.RegionFinder;
import io.aifs.core.chunk.RegionSearch;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The regions of numbers of content that comes in chunks which were cut elsewhere. Keeps no more
 * than the head of the content, and that only until it is understood. Not thread-safe.
 */
final class ContentRegions {
  private final RegionSearch search;
  private byte[] head = new byte[0];
  private int filled;
  private @Nullable NumberRegions regions;

  ContentRegions(RegionFinder finder, ChunkerParameters rules) {
    this.search = new RegionSearch(finder, rules);
  }

  /** Whether the head that was taken tells where regions are. */
  boolean areKnown() {
    return regions != null;
  }

  /** Looks at the next chunk. */
  void take(byte[] chunk) {
    if (regions != null) {
      return;
    }
    if (filled == 0) {
      look(chunk, chunk.length, false);
    }
    if (regions == null) {
      keep(chunk);
      look(head, filled, false);
    }
  }

  private void keep(byte[] chunk) {
    int length = Math.min(chunk.length, RegionFinder.HEAD_BYTES_MAX - filled);
    if (filled + length > head.length) {
      int grown = Math.max(filled + length, 2 * head.length);
      head = Arrays.copyOf(head, Math.min(grown, RegionFinder.HEAD_BYTES_MAX));
    }
    System.arraycopy(chunk, 0, head, filled, length);
    filled += length;
  }

  /** Says that all chunks were taken. */
  void end() {
    if (regions == null) {
      look(head, filled, true);
    }
  }

  private void look(byte[] bytes, int length, boolean end) {
    regions = search.find(bytes, length, end).orElse(null);
    if (regions != null) {
      head = new byte[0];
    }
  }

  /** The place of a chunk if a region of numbers is cut just there, as far as that is known. */
  Optional<NumberPlace> chunk(long position, int length) {
    return regions == null ? Optional.empty() : regions.chunk(position, length);
  }
}
