package io.aifs.vector;

import java.util.List;
import org.apache.lucene.search.AbstractKnnCollector;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.knn.KnnSearchStrategy;

/** The best documents that a search of one segment met, at most one of each asset. */
abstract class Candidates extends AbstractKnnCollector {
  /**
   * @param limit how many are kept
   * @param visits how many vectors may be looked at before the search gives up
   */
  Candidates(int limit, long visits) {
    super(limit, visits, KnnSearchStrategy.Hnsw.DEFAULT);
  }

  static Candidates of(SegmentCore core, int limit, long visits) {
    return core.hasSeveral()
        ? new AssetCandidates(core, limit, visits)
        : new DocumentCandidates(limit, visits);
  }

  /** Hands them over, in no order; of no use from then on. */
  abstract void moveTo(Segment segment, List<Candidate> target);

  @Override
  public TopDocs topDocs() {
    throw new UnsupportedOperationException("candidates are handed over by moveTo");
  }
}
