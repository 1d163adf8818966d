package io.aifs.server.engine.search;

import io.aifs.vector.AssetNumbers;
import io.aifs.vector.IndexSpec;
import io.aifs.vector.VectorFiles;
import io.aifs.vector.VectorIndex;
import java.io.IOException;

/** Opens indexes: Lucene's, or what tests use. Thread-safe. */
@FunctionalInterface
public interface IndexFactory {
  /**
   * Opens the index that is in {@code files}, or an empty one if there is none.
   *
   * @param numbers numbers the assets of the namespace
   * @throws io.aifs.vector.IndexDamagedException if it is not as it was written, or is another kind
   *     of index
   */
  VectorIndex open(IndexSpec spec, VectorFiles files, AssetNumbers numbers) throws IOException;
}
