package io.aifs.vector;

import java.io.IOException;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.util.hnsw.RandomVectorScorer;

/** Compared with vectors as they are. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FloatTarget(Similarity similarity, float[] vector) implements Target {
  @Override
  public RandomVectorScorer scorer(Segment segment) throws IOException {
    return Segment.vectorsReader(segment.reader())
        .getFlatVectorsReader()
        .getRandomVectorScorer(Fields.VECTOR, vector);
  }

  @Override
  public VectorScorer inTurn(Segment segment) throws IOException {
    return segment.floats().rescorer(vector);
  }

  @Override
  public void search(Segment segment, Candidates candidates, Accepted accepted) throws IOException {
    segment.reader().searchNearestVectors(Fields.VECTOR, vector, candidates, accepted);
  }

  @Override
  public Scores scores(Segment segment) throws IOException {
    FloatVectorValues vectors = segment.floats();
    return document -> similarity.score(vector, vectors.vectorValue(document));
  }
}
