package io.aifs.vector;

import java.util.List;
import org.apache.lucene.util.hnsw.NeighborQueue;

/** Where every asset has one document. */
final class DocumentCandidates extends Candidates {
  private final NeighborQueue worstFirst;

  DocumentCandidates(int limit, long visits) {
    super(limit, visits);
    worstFirst = new NeighborQueue(limit, false);
  }

  @Override
  public boolean collect(int document, float score) {
    return worstFirst.insertWithOverflow(document, score);
  }

  @Override
  public int numCollected() {
    return worstFirst.size();
  }

  @Override
  public float minCompetitiveSimilarity() {
    return worstFirst.size() >= k() ? worstFirst.topScore() : Float.NEGATIVE_INFINITY;
  }

  @Override
  void moveTo(Segment segment, List<Candidate> target) {
    while (worstFirst.size() > 0) {
      float score = worstFirst.topScore();
      target.add(new Candidate(segment, worstFirst.pop(), score));
    }
  }
}
