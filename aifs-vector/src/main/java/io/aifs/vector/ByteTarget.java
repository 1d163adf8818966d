package io.aifs.vector;

import java.io.IOException;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.util.hnsw.RandomVectorScorer;

/** Compared with rounded directions: rounded too by searches, and as it is for scores. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ByteTarget(float[] vector, byte[] rounded) implements Target {
  @Override
  public RandomVectorScorer scorer(Segment segment) throws IOException {
    return Segment.vectorsReader(segment.reader())
        .getFlatVectorsReader()
        .getRandomVectorScorer(Fields.VECTOR, rounded);
  }

  @Override
  public VectorScorer inTurn(Segment segment) throws IOException {
    return segment.bytes().rescorer(rounded);
  }

  @Override
  public void search(Segment segment, Candidates candidates, Accepted accepted) throws IOException {
    segment.reader().searchNearestVectors(Fields.VECTOR, rounded, candidates, accepted);
  }

  @Override
  public Scores scores(Segment segment) throws IOException {
    ByteVectorValues vectors = segment.bytes();
    return document -> Rounding.cosine(vector, vectors.vectorValue(document));
  }
}
