package io.aifs.vector;

import java.io.IOException;
import java.util.function.Supplier;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.store.IOContext;

/**
 * A format of Lucene's under a name of its own, so that vectors may be as long as the spec says.
 */
abstract class GraphFormat extends KnnVectorsFormat {
  private final KnnVectorsFormat merged;
  private final Supplier<KnnVectorsFormat> flushed;

  /**
   * @param merged reads, and writes segments that are merged
   * @param flushed writes segments of changes; asked for each of them
   */
  GraphFormat(String name, KnnVectorsFormat merged, Supplier<KnnVectorsFormat> flushed) {
    super(name);
    this.merged = merged;
    this.flushed = flushed;
  }

  @Override
  public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
    boolean merges = state.context.context() == IOContext.Context.MERGE;
    return (merges ? merged : flushed.get()).fieldsWriter(state);
  }

  @Override
  public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
    return merged.fieldsReader(state);
  }

  @Override
  public int getMaxDimensions(String field) {
    return IndexSpec.DIMENSION_MAX;
  }

  @Override
  public String toString() {
    return getName() + "(" + merged + ")";
  }
}
