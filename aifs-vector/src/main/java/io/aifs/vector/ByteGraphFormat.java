package io.aifs.vector;

import java.util.function.Supplier;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;

/** Vectors of bytes, and a graph of them. Lucene finds it by its name to read segments. */
public final class ByteGraphFormat extends GraphFormat {
  private static final String NAME = "AifsByte1";

  /** To read. */
  public ByteGraphFormat() {
    this(new Lucene99HnswVectorsFormat());
  }

  private ByteGraphFormat(KnnVectorsFormat format) {
    super(NAME, format, () -> format);
  }

  /** To write. */
  ByteGraphFormat(MergeThreads threads, Supplier<GraphShape> flushed) {
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
