package io.aifs.vector;

import java.util.function.Supplier;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;

/** Lucene's codec, whose vectors go into our formats. Segments name it and them. */
final class VectorCodec extends Lucene104Codec {
  private final KnnVectorsFormat vectors;

  /**
   * @param flushed the shape of graphs of changes that no merge has reached
   */
  VectorCodec(IndexSpec.Storage storage, MergeThreads threads, Supplier<GraphShape> flushed) {
    this.vectors =
        switch (storage) {
          case FLOAT32 -> new FloatGraphFormat(threads, flushed);
          case INT8 -> new ByteGraphFormat(threads, flushed);
        };
  }

  @Override
  public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
    return vectors;
  }
}
