package io.aifs.server.engine.search;

import io.aifs.vector.Hit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The nearest of all hits that are offered. Not thread-safe. */
final class NearestHits {
  /** Nearest first, and those equally near in order of their keys, as indexes have them. */
  static final Comparator<Hit> ORDER =
      Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::asset);

  private final int most;

  /** The farthest is the first. */
  private final PriorityQueue<Hit> kept = new PriorityQueue<>(ORDER.reversed());

  /**
   * @param most how many to keep
   */
  NearestHits(int most) {
    this.most = most;
  }

  void offer(Hit hit) {
    if (kept.size() < most) {
      kept.add(hit);
    } else if (ORDER.compare(hit, kept.element()) < 0) {
      kept.remove();
      kept.add(hit);
    }
  }

  List<Hit> inOrder() {
    List<Hit> hits = new ArrayList<>(kept);
    hits.sort(ORDER);
    return List.copyOf(hits);
  }
}
