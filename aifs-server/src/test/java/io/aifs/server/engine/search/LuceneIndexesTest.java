package io.aifs.server.engine.search;

import io.aifs.vector.AssetNumbers;
import io.aifs.vector.IndexSpec;
import io.aifs.vector.LuceneVectorIndex;
import io.aifs.vector.VectorFiles;
import io.aifs.vector.VectorIndex;
import java.io.IOException;

/** The same with the indexes that stores have. */
class LuceneIndexesTest extends VectorIndexesTest {
  @Override
  VectorIndex openIndex(IndexSpec spec, VectorFiles files, AssetNumbers numbers)
      throws IOException {
    return LuceneVectorIndex.open(spec, files, numbers, new LuceneVectorIndex.Options(2, 16, 64));
  }
}
