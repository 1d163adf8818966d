package io.aifs.server.engine.search;

import io.aifs.vector.Hit;
import java.io.IOException;
import java.util.List;

/** Where hits come from, which may be out of date. For one search. */
interface HitSource {
  /** Whether every answer looked at all vectors, even if that was not asked for. */
  boolean isExact();

  /**
   * For each target the nearest assets, nearest first; fewer than {@code most} only if there are no
   * others.
   *
   * @param exact whether every vector is to be looked at
   */
  List<List<Hit>> search(List<Target> targets, int most, boolean exact) throws IOException;
}
