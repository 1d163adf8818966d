package io.aifs.server.engine;

import static java.util.Objects.requireNonNull;

import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.chunk.NumberPlace;
import io.aifs.core.chunk.NumberRegion;
import io.aifs.core.chunk.NumberRegions;
import io.aifs.core.chunk.RegionFinder;
import io.aifs.core.chunk.RegionSearch;
import io.aifs.core.manifest.ChunkCursor;
import io.aifs.core.manifest.ChunkRef;
import io.aifs.crypto.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of an asset's regions of numbers, by the regions' names. Made to be asked about one
 * region after the other, and about places of each in order. Not thread-safe.
 */
final class ParentTensors {
  /** Most heads are understood by so much. */
  private static final int HEAD_BYTES_FIRST = 64 << 10;

  private final ContentReader asset;
  private final Map<String, NumberRegion> regions;
  private @Nullable NumberRegion walked;
  private @Nullable ChunkCursor cursor;
  private Optional<ChunkRef> next = Optional.empty();

  private ParentTensors(ContentReader asset, Map<String, NumberRegion> regions) {
    this.asset = asset;
    this.regions = regions;
  }

  /**
   * Looks at the head of an asset.
   *
   * @param rules by which its content is cut
   * @throws io.aifs.core.AifsException.Corrupt if the head does not read
   */
  static ParentTensors open(ContentReader asset, RegionFinder finder, ChunkerParameters rules)
      throws IOException {
    RegionSearch search = new RegionSearch(finder, rules);
    Optional<NumberRegions> found = find(search, asset, HEAD_BYTES_FIRST);
    NumberRegions regions =
        found.isPresent()
            ? found.get()
            : find(search, asset, RegionFinder.HEAD_BYTES_MAX).orElse(NumberRegions.NONE);
    return new ParentTensors(asset, regions.byName());
  }

  private static Optional<NumberRegions> find(
      RegionSearch search, ContentReader asset, int headBytes) throws IOException {
    int length = (int) Math.min(headBytes, asset.info().size());
    ByteArrayOutputStream head = new ByteArrayOutputStream(length);
    asset.read(0, length, head::write);
    return search.find(head.toByteArray(), length, length == asset.info().size());
  }

  /** Whether it has no regions of numbers. */
  boolean isEmpty() {
    return regions.isEmpty();
  }

  /**
   * The chunk of {@code length} bytes that begins in the region of the same name, width and length
   * at the same place; empty if there is none.
   *
   * @throws io.aifs.core.AifsException.Corrupt if the list of chunks is damaged
   */
  Optional<Digest> chunk(NumberPlace place, int length) throws IOException {
    NumberRegion wanted = place.region();
    NumberRegion there = regions.get(wanted.name());
    if (there == null || there.width() != wanted.width() || there.length() != wanted.length()) {
      return Optional.empty();
    }
    return at(there, there.offset() + place.offset())
        .filter(chunk -> chunk.length() == length)
        .map(ChunkRef::digest);
  }

  /** The chunk that begins there. */
  private Optional<ChunkRef> at(NumberRegion region, long position) throws IOException {
    long end = Math.min(region.end(), asset.info().size());
    if (position >= end) {
      return Optional.empty(); // a file that was cut off ends before
    }
    if (!region.equals(walked) || next.isEmpty() || next.get().offset() > position) {
      walked = region;
      cursor = asset.chunks(position, end - position);
      next = cursor.next();
    }
    ChunkCursor walking = requireNonNull(cursor, "no region is walked");
    while (next.isPresent() && next.get().offset() < position) {
      next = walking.next();
    }
    return next.filter(chunk -> chunk.offset() == position);
  }
}
