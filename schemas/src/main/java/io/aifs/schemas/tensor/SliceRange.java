package io.aifs.schemas.tensor;

/**
 * Part of one dimension: from {@code start} up to {@code end}, which is not in it.
 *
 * @param keep whether the dimension stays; one that does not has a single place, as an index has
 */
public record SliceRange(long start, long end, boolean keep) {
  /**
   * @throws IllegalArgumentException if it is of no dimension
   */
  public SliceRange {
    if (start < 0 || end < start || (!keep && end != start + 1)) {
      throw new IllegalArgumentException("range is not one of a dimension: " + start + ":" + end);
    }
  }

  public long length() {
    return end - start;
  }
}
