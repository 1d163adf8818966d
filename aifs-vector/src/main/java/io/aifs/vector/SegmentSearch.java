package io.aifs.vector;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.search.DocAndFloatFeatureBuffer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.VectorScorer;

/**
 * Looks for a vector's nearest in one segment: along its graph, or, where that is less work or did
 * not find enough, at every document that may be found.
 */
final class SegmentSearch {
  /** Vectors that are looked at one by one sooner than along a graph, for each candidate kept. */
  private static final int SCANNED_PER_CANDIDATE = 16;

  /**
   * If so large a part may be found, those that may not be are walked over like the others; if
   * less, Lucene's search looks behind them for ones that may be.
   */
  private static final double WALKED_ABOVE = 0.3;

  private final Segment segment;
  private final Accepted accepted;
  private final Target target;
  private final int least;

  /**
   * @param least how many to find if there are so many
   */
  SegmentSearch(Segment segment, Accepted accepted, Target target, int least) {
    this.segment = segment;
    this.accepted = accepted;
    this.target = target;
    this.least = least;
  }

  /** How many documents may be found. */
  int count() {
    return accepted.cost();
  }

  /** Along the graph. */
  void search(int effort, GraphWalk walk, List<Candidate> found) throws IOException {
    Optional<FlatGraph> graph = segment.core().graph();
    if (graph.isEmpty() || accepted.cost() <= (long) effort * SCANNED_PER_CANDIDATE) {
      scan(least, found);
      return;
    }
    int limit = Math.min(effort, accepted.cost());
    Candidates candidates = Candidates.of(segment.core(), limit, accepted.cost());
    if (accepted.cost() < WALKED_ABOVE * segment.reader().maxDoc()) {
      target.search(segment, candidates, accepted);
    } else {
      walk.search(graph.get(), target.scorer(segment), accepted.bits(), candidates);
    }
    if (candidates.earlyTerminated() || candidates.numCollected() < least) {
      scan(least, found);
    } else {
      candidates.moveTo(segment, found);
    }
  }

  /** At every document. */
  void scan(int limit, List<Candidate> found) throws IOException {
    VectorScorer scorer = target.inTurn(segment);
    Candidates candidates =
        Candidates.of(segment.core(), Math.min(limit, accepted.cost()), Long.MAX_VALUE);
    VectorScorer.Bulk bulk = scorer.bulk(accepted.iterator());
    DocAndFloatFeatureBuffer scored = new DocAndFloatFeatureBuffer();
    do {
      bulk.nextDocsAndScores(DocIdSetIterator.NO_MORE_DOCS, null, scored);
      for (int i = 0; i < scored.size; i++) {
        if (scored.features[i] > candidates.minCompetitiveSimilarity()) {
          candidates.collect(scored.docs[i], scored.features[i]);
        }
      }
    } while (scored.size > 0);
    candidates.moveTo(segment, found);
  }
}
