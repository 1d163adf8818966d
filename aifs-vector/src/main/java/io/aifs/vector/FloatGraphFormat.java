package io.aifs.vector;

import java.util.function.Supplier;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;

/** Vectors as they are, and a graph of them. Lucene finds it by its name to read segments. */
public final class FloatGraphFormat extends GraphFormat {
  private static final String NAME = "AifsFloat1";

  /** To read. */
  public FloatGraphFormat() {
    this(new Lucene99HnswVectorsFormat());
  }

  private FloatGraphFormat(KnnVectorsFormat format) {
    super(NAME, format, () -> format);
  }

  /** To write. */
  FloatGraphFormat(MergeThreads threads, Supplier<GraphShape> flushed) {
    super(
        NAME,
        new Lucene99HnswVectorsFormat(
            GraphShape.SEARCHED.neighbours(),
            GraphShape.SEARCHED.beam(),
            threads.count(),
            threads.executor(),
            GraphShape.SEARCHED.flatBelow()),
        () -> flushed(flushed.get()));
  }

  private static KnnVectorsFormat flushed(GraphShape shape) {
    return new Lucene99HnswVectorsFormat(
        shape.neighbours(), shape.beam(), 1, null, shape.flatBelow());
  }
}
