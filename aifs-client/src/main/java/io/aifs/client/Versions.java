package io.aifs.client;

/**
 * The versions of the store that this client has seen. Each answer carries the version that shows
 * what the call did and saw; the client remembers the highest and demands it of every later call,
 * so that it never sees less than it has seen before, and always sees what it wrote. Shared by the
 * clients of one connection. Thread-safe.
 */
public interface Versions {
  /**
   * The highest version that was seen or demanded; 0 before the first answer. Given to another
   * client's {@link #require}, it makes that one see what this one has seen.
   */
  long newest();

  /**
   * Makes every later call see at least this version of the store. A call waits a few seconds for
   * it, and then throws {@link io.aifs.core.AifsException.Unavailable} with reason {@code
   * VERSION_NOT_REACHED}.
   *
   * @throws IllegalArgumentException if it is negative
   */
  void require(long version);
}
