package io.aifs.vector;

import java.util.Comparator;

/**
 * A document that a search of a segment kept.
 *
 * @param score Lucene's
 */
record Candidate(Segment segment, int document, float score) {
  static final Comparator<Candidate> BEST_FIRST = (a, b) -> Float.compare(b.score, a.score);
}
