package io.aifs.server.engine.search;

import io.aifs.vector.AssetVectors;
import io.aifs.vector.Hit;
import io.aifs.vector.IndexSpec;
import io.aifs.vector.IndexStats;
import io.aifs.vector.VectorIndex;
import io.aifs.vector.VectorQuery;
import io.aifs.vector.testing.ExactVectorIndex;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** An index whose searches do what a test wants. */
final class ScriptedIndex implements VectorIndex {
  /** Answers a query. */
  @FunctionalInterface
  interface Script {
    /**
     * @param holds what the index holds
     */
    List<Hit> search(VectorQuery query, VectorIndex holds) throws IOException;
  }

  private final ExactVectorIndex holds;
  private final Script script;

  ScriptedIndex(IndexSpec spec, Script script) {
    this.holds = new ExactVectorIndex(spec);
    this.script = script;
  }

  @Override
  public List<Hit> search(VectorQuery query) throws IOException {
    return script.search(query, holds);
  }

  @Override
  public IndexSpec spec() {
    return holds.spec();
  }

  @Override
  public void replace(List<AssetVectors> assets) {
    holds.replace(assets);
  }

  @Override
  public void refresh() {
    holds.refresh();
  }

  @Override
  public void commit(long position) {
    holds.commit(position);
  }

  @Override
  public OptionalLong position() {
    return holds.position();
  }

  @Override
  public void optimize() {
    holds.optimize();
  }

  @Override
  public IndexStats stats() {
    return holds.stats();
  }

  @Override
  public void checkIntegrity() {
    holds.checkIntegrity();
  }

  @Override
  public void close() {
    holds.close();
  }
}
