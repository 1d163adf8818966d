package io.aifs.server.engine.payload;

import io.aifs.core.Limits;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Calls the vectors of a payload by what they were made from: no two the same, each fit to be the
 * part of an embedding. The same payload gives the same names. Not thread-safe.
 */
final class PartNames {
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Long> repeats = new HashMap<>();

  /**
   * The name of the next vector.
   *
   * @param source what it was made from; may be empty
   * @param number its place, which it is called by if nothing is known
   */
  String next(String source, long number) {
    String wanted = source.isEmpty() ? Long.toString(number) : source;
    String name = PlainText.cut(wanted, Limits.EMBEDDING_PART_BYTES_MAX);
    String unique = name;
    while (!taken.add(unique)) {
      long repeat = repeats.merge(name, 1L, Long::sum) + 1;
      String mark = "#" + repeat;
      unique = PlainText.cut(name, Limits.EMBEDDING_PART_BYTES_MAX - mark.length()) + mark;
    }
    return unique;
  }
}
