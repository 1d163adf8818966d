package io.aifs.server.engine.search;

import io.aifs.vector.AssetVectors;
import io.aifs.vector.Hit;
import io.aifs.vector.IndexSpec;
import io.aifs.vector.IndexStats;
import io.aifs.vector.VectorIndex;
import io.aifs.vector.VectorQuery;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** An index of which some searches fail. */
record FailingIndex(VectorIndex inner, AtomicInteger failures) implements VectorIndex {
  @Override
  public IndexSpec spec() {
    return inner.spec();
  }

  @Override
  public void replace(List<AssetVectors> assets) throws IOException {
    inner.replace(assets);
  }

  @Override
  public void refresh() throws IOException {
    inner.refresh();
  }

  @Override
  public List<Hit> search(VectorQuery query) throws IOException {
    if (failures.getAndDecrement() > 0) {
      throw new IllegalStateException("planted failure");
    }
    return inner.search(query);
  }

  @Override
  public void commit(long position) throws IOException {
    inner.commit(position);
  }

  @Override
  public OptionalLong position() {
    return inner.position();
  }

  @Override
  public void optimize() throws IOException {
    inner.optimize();
  }

  @Override
  public IndexStats stats() throws IOException {
    return inner.stats();
  }

  @Override
  public void checkIntegrity() throws IOException {
    inner.checkIntegrity();
  }

  @Override
  public void close() throws IOException {
    inner.close();
  }
}
