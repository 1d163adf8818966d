package io.aifs.vector;

import java.io.IOException;
import java.util.List;

/** Vectors of one kind among which the nearest are found. Thread-safe. */
public interface SearchableVectors {
  IndexSpec spec();

  /**
   * The nearest assets, nearest first, and those equally near in order of their keys. Approximate
   * unless the query is exact, but never fewer than asked for while more can be found.
   *
   * @throws IllegalArgumentException if the query's vector is not as long as the spec says
   */
  List<Hit> search(VectorQuery query) throws IOException;
}
