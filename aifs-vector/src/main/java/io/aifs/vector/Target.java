package io.aifs.vector;

import java.io.IOException;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.util.hnsw.RandomVectorScorer;

/** What is looked for, compared with vectors as a storage holds them. */
sealed interface Target permits FloatTarget, ByteTarget {
  /**
   * @param vector under cosine with length 1
   */
  static Target of(IndexSpec spec, float[] vector) {
    return switch (spec.storage()) {
      case FLOAT32 -> new FloatTarget(spec.similarity(), vector);
      case INT8 -> new ByteTarget(vector, Rounding.of(vector));
    };
  }

  /** Compares it with a segment's vectors, by number. For one thread. */
  RandomVectorScorer scorer(Segment segment) throws IOException;

  /** Compares it with a segment's vectors, one after the other. For one thread. */
  VectorScorer inTurn(Segment segment) throws IOException;

  /** Lucene's search of a segment's graph. */
  void search(Segment segment, Candidates candidates, Accepted accepted) throws IOException;

  /** What hits say of a segment's documents. For one thread. */
  Scores scores(Segment segment) throws IOException;

  /** The score of a document. */
  @FunctionalInterface
  interface Scores {
    float of(int document) throws IOException;
  }
}
