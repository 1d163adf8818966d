package io.aifs.server.catalog.sqlite;

/** How much to return. */
final class Page {
  /**
   * @throws IllegalArgumentException if {@code limit} is negative, which to SQLite means all
   */
  static int limit(int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("limit is negative: " + limit);
    }
    return limit;
  }

  private Page() {}
}
