package io.aifs.core.chunk;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Has a {@link RegionFinder} look at the head of content that comes in pieces. The finder is shown
 * heads of a few fixed lengths one after the other, whatever lengths the content comes in, so that
 * what it finds depends on the content only. Not thread-safe.
 */
public final class RegionSearch {
  private static final int[] HEADS = {4 << 10, 64 << 10, RegionFinder.HEAD_BYTES_MAX};

  private final RegionFinder finder;
  private final ChunkerParameters rules;
  private int tried;

  public RegionSearch(RegionFinder finder, ChunkerParameters rules) {
    this.finder = requireNonNull(finder, "finder is null");
    this.rules = requireNonNull(rules, "rules is null");
  }

  /**
   * The regions of the content; not to be asked again once they are known.
   *
   * @param head the first bytes of the content: at least all that it held when it was last asked
   * @param length how many of {@code head} count
   * @param end whether the content ends there
   * @return nothing if more bytes are needed, which cannot be if {@code end} or there are {@link
   *     RegionFinder#HEAD_BYTES_MAX}
   */
  public Optional<NumberRegions> find(byte[] head, int length, boolean end) {
    if (!NumberRegions.isRoomFor(rules)) {
      return Optional.of(NumberRegions.NONE);
    }
    while (tried < HEADS.length) {
      int bytes = HEADS[tried];
      boolean whole = bytes == RegionFinder.HEAD_BYTES_MAX;
      // The content may end right there, which is another question.
      if (length < bytes || (length == bytes && !whole)) {
        if (!end) {
          return Optional.empty();
        }
        bytes = length;
        whole = true;
      }
      Optional<List<NumberRegion>> found = finder.find(head, bytes, whole);
      if (found.isPresent() || whole) {
        return Optional.of(NumberRegions.of(found.orElse(List.of()), rules));
      }
      tried++;
    }
    throw new IllegalStateException("the regions are known");
  }
}
