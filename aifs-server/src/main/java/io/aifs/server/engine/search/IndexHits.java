package io.aifs.server.engine.search;

import io.aifs.vector.Hit;
import io.aifs.vector.SearchableVectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Hits of an index. */
record IndexHits(SearchableVectors index, Sought sought) implements HitSource {
  @Override
  public boolean isExact() {
    return false;
  }

  @Override
  public List<List<Hit>> search(List<Target> targets, int most, boolean exact) throws IOException {
    List<List<Hit>> hits = new ArrayList<>();
    for (Target target : targets) {
      hits.add(index.search(sought.query(target.vector(), most, exact)));
    }
    return hits;
  }
}
