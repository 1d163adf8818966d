package io.aifs.core.chunk;

import java.util.List;
import java.util.Optional;

/**
 * Tells from the first bytes of content where numbers lie in it. The answer depends on the content
 * only, since what is cut by it is to be cut alike everywhere. Thread-safe.
 */
@FunctionalInterface
public interface RegionFinder {
  /** Finds nothing. */
  RegionFinder NONE = (_, _, _) -> Optional.of(List.of());

  /** No more than this from the start of content is ever looked at. */
  int HEAD_BYTES_MAX = 1 << 20;

  /**
   * The regions, in order and without overlap; empty if there are none, or what is at hand does not
   * tell and there are no more than {@link #HEAD_BYTES_MAX} bytes of it. Whatever the content is,
   * it fails in no other way than by finding nothing.
   *
   * @param head the first bytes of the content, at least
   * @param length how many of {@code head} count
   * @param whole whether that is all there is to look at: the content ends there, or the limit is
   *     reached
   * @return nothing if more bytes are needed to tell, which cannot be if {@code whole}
   */
  Optional<List<NumberRegion>> find(byte[] head, int length, boolean whole);
}
