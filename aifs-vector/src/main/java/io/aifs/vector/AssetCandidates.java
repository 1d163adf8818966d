package io.aifs.vector;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.util.hnsw.NeighborQueue;

/** Where assets may have several documents: of each, the best. */
final class AssetCandidates extends Candidates {
  private final SegmentCore core;

  /** By the asset's number. */
  private final Map<Integer, Best> best = new HashMap<>();

  /** Documents that are, or were, an asset's best. The first one always still is. */
  private final NeighborQueue worstFirst;

  private record Best(int document, float score) {}

  AssetCandidates(SegmentCore core, int limit, long visits) {
    super(limit, visits);
    this.core = core;
    this.worstFirst = new NeighborQueue(limit, false);
  }

  @Override
  public boolean collect(int document, float score) {
    int asset = core.asset(document);
    Best known = best.get(asset);
    if (known != null ? known.score >= score : isFull() && score <= worstFirst.topScore()) {
      return false;
    }
    best.put(asset, new Best(document, score));
    worstFirst.add(document, score);
    dropOutdone();
    if (best.size() > k()) {
      best.remove(core.asset(worstFirst.pop()));
      dropOutdone();
    }
    return true;
  }

  private boolean isFull() {
    return best.size() >= k();
  }

  private void dropOutdone() {
    while (worstFirst.size() > 0) {
      int document = worstFirst.topNode();
      Best now = best.get(core.asset(document));
      if (now != null && now.document == document) {
        return;
      }
      worstFirst.pop();
    }
  }

  @Override
  public int numCollected() {
    return best.size();
  }

  @Override
  public float minCompetitiveSimilarity() {
    return isFull() ? worstFirst.topScore() : Float.NEGATIVE_INFINITY;
  }

  @Override
  void moveTo(Segment segment, List<Candidate> target) {
    best.values().forEach(one -> target.add(new Candidate(segment, one.document, one.score)));
    best.clear();
  }
}
