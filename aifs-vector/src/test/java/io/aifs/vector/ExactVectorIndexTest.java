package io.aifs.vector;

import io.aifs.vector.testing.ExactVectorIndex;

class ExactVectorIndexTest extends VectorIndexContract {
  @Override
  protected VectorIndex open(IndexSpec spec, AssetNumbers numbers) {
    return new ExactVectorIndex(spec);
  }
}
