package io.aifs.core.chunk;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one content into chunks, from its first byte to its last: around the regions of numbers that
 * a {@link RegionFinder} finds in it, and elsewhere as a {@link Chunker} does. The rules are in
 * {@code docs/format/chunking.md}. The cuts depend on the content only, not on the pieces that it
 * comes in. Not thread-safe.
 */
public final class ContentCutter {
  private final Chunker chunker;
  private final RegionSearch search;
  private @Nullable NumberRegions regions;
  private long position;
  private Optional<NumberPlace> place = Optional.empty();

  public ContentCutter(Chunker chunker, RegionFinder finder) {
    this.chunker = requireNonNull(chunker, "chunker is null");
    this.search = new RegionSearch(finder, chunker.parameters());
  }

  /** Whoever has so many bytes at hand always gets a chunk. */
  public static int bytesWanted(ChunkerParameters rules) {
    return Math.max(rules.bytesMax(), RegionFinder.HEAD_BYTES_MAX);
  }

  /**
   * The length of the next chunk, which starts at {@code offset} where the one before ended, when
   * {@code length} bytes from there are at hand.
   *
   * @param end whether the content ends at {@code offset + length}
   * @return the chunk's length in bytes, or -1 when none can be cut yet: more bytes are needed and
   *     may come, or nothing is left
   */
  public int cut(byte[] data, int offset, int length, boolean end) {
    Objects.checkFromIndexSize(offset, length, data.length);
    NumberRegions around = regions;
    if (around == null) {
      around = find(data, offset, length, end);
      regions = around;
    }
    int cut = around == null ? -1 : cut(around, data, offset, length, end);
    position += Math.max(cut, 0);
    return cut;
  }

  private @Nullable NumberRegions find(byte[] data, int offset, int length, boolean end) {
    byte[] head =
        offset == 0
            ? data
            : Arrays.copyOfRange(
                data, offset, offset + Math.min(length, RegionFinder.HEAD_BYTES_MAX + 1));
    return search.find(head, Math.min(length, RegionFinder.HEAD_BYTES_MAX + 1), end).orElse(null);
  }

  private int cut(NumberRegions around, byte[] data, int offset, int length, boolean end) {
    place = around.at(position);
    if (place.isPresent()) {
      int wanted = around.length(place.get());
      return length >= wanted ? wanted : end && length > 0 ? length : -1;
    }
    long gap = around.startAfter(position) - position;
    return gap <= length
        ? chunker.cut(data, offset, (int) gap, true)
        : chunker.cut(data, offset, length, end);
  }

  /** Where the chunk that was cut last lies, if in a region of numbers: all of it does. */
  public Optional<NumberPlace> place() {
    return place;
  }

  /** Bytes in all chunks so far. */
  public long position() {
    return position;
  }

  public ChunkerParameters parameters() {
    return chunker.parameters();
  }
}
