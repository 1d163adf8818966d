package io.aifs.server.engine.search;

import io.aifs.vector.Hit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Asks a source for more and more until enough of it is there after the recheck, or there is no
 * more: so the catalog takes nothing away from an answer that something else could fill. For one
 * search, and one thread.
 */
final class Widening {
  /** An index is asked for no more at once: beyond it is cheaper to look at the catalog. */
  static final int MOST_MAX = 200_000;

  private final Recheck recheck;
  private final Sought sought;
  private final List<Target> targets;

  /** What is settled, by the target's place. */
  private final TreeMap<Integer, Settled> settled = new TreeMap<>();

  /**
   * What is found for a target.
   *
   * @param exact whether every vector was looked at
   */
  record Settled(List<Recheck.Checked> hits, boolean exact) {}

  /** A target's hits of one round. */
  private record Round(List<Recheck.Checked> checked, boolean isAll, int sure) {}

  Widening(Recheck recheck, Sought sought, List<Target> targets) {
    this.recheck = recheck;
    this.sought = sought;
    this.targets = List.copyOf(targets);
  }

  /**
   * Settles what is not yet.
   *
   * @param exact whether the source is to look at every vector at once
   */
  void ask(HitSource source, boolean exact) throws IOException {
    int itself = targets.stream().anyMatch(target -> target.itself().isPresent()) ? 1 : 0;
    int most = sought.k() + itself;
    boolean all = exact || source.isExact();
    List<Integer> open = open();
    while (!open.isEmpty() && (most <= MOST_MAX || source.isExact())) {
      List<List<Hit>> hits = source.search(open.stream().map(targets::get).toList(), most, all);
      boolean exhausted = false;
      int dropped = 0;
      for (int i = 0; i < open.size(); i++) {
        Round round = round(targets.get(open.get(i)), hits.get(i), most);
        if (round.sure() >= sought.k() || (round.isAll() && all)) {
          settled.put(open.get(i), new Settled(best(round.checked()), all));
        } else {
          exhausted |= round.isAll();
          dropped = Math.max(dropped, most - round.sure());
        }
      }
      open = open();
      all |= exhausted; // a graph that leads nowhere may have left some out
      most = exhausted ? most : (int) Math.min(Integer.MAX_VALUE / 2, 2L * most + dropped);
    }
  }

  private Round round(Target target, List<Hit> hits, int most) {
    List<Recheck.Checked> checked = recheck.check(sought, target, hits);
    boolean isAll = hits.size() < most;
    float farthest = isAll ? Float.NEGATIVE_INFINITY : hits.getLast().score();
    int sure = 0; // those that nothing behind the farthest hit can be nearer than
    for (Recheck.Checked one : checked) {
      sure += one.score() >= farthest ? 1 : 0;
    }
    return new Round(checked, isAll, sure);
  }

  private List<Recheck.Checked> best(List<Recheck.Checked> checked) {
    return checked.subList(0, Math.min(sought.k(), checked.size()));
  }

  private List<Integer> open() {
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      if (!settled.containsKey(i)) {
        open.add(i);
      }
    }
    return open;
  }

  /** Unsettles answers with fewer than are asked for: their source did not know all. */
  void reopenShort() {
    settled.values().removeIf(one -> one.hits().size() < sought.k());
  }

  /** Whether anything is settled. */
  boolean hasSettled() {
    return !settled.isEmpty();
  }

  /** Whether all is. */
  boolean isSettled() {
    return settled.size() == targets.size();
  }

  /** What was found, in order of the targets, once all is settled. */
  List<Settled> settled() {
    return List.copyOf(settled.values());
  }
}
