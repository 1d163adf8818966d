package io.aifs.server.engine;

import io.aifs.server.model.PackId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which packs are worth a copy: nearly all dead bytes go, and few live ones are moved for it. */
final class CompactionPlan {
  /** Of the dead bytes, as many may stay where they are until the next run. */
  private static final double LEFT_MAX = 0.02;

  /**
   * One pack with dead records.
   *
   * @param bytes of all its records
   * @param again whether an earlier run has left dead records in it
   */
  record Share(PackId pack, long bytes, long deadBytes, boolean again) {
    long liveBytes() {
      return Math.max(0, bytes - deadBytes);
    }
  }

  private CompactionPlan() {}

  /** The chosen packs, those with the least to copy first: they give space for the others. */
  static List<Share> choose(List<Share> shares) {
    List<Share> chosen = new ArrayList<>();
    List<Share> others = new ArrayList<>();
    long dead = 0;
    long taken = 0;
    for (Share share : shares) {
      dead += share.deadBytes();
      if (share.again() || share.liveBytes() * 2 < share.bytes()) {
        chosen.add(share);
        taken += share.deadBytes();
      } else {
        others.add(share);
      }
    }
    others.sort(Comparator.comparingLong(Share::deadBytes).reversed());
    for (Share share : others) {
      if (dead - taken <= dead * LEFT_MAX) {
        break;
      }
      chosen.add(share);
      taken += share.deadBytes();
    }
    chosen.sort(Comparator.comparingLong(Share::liveBytes).thenComparing(Share::pack));
    return chosen;
  }
}
