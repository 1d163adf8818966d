package io.aifs.vector.testing;

import io.aifs.vector.AssetKey;
import io.aifs.vector.AssetVectors;
import io.aifs.vector.Hit;
import io.aifs.vector.IndexSpec;
import io.aifs.vector.IndexStats;
import io.aifs.vector.VectorIndex;
import io.aifs.vector.VectorQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Looks at every vector: what other indexes come close to. Nothing of it survives closing. */
public final class ExactVectorIndex implements VectorIndex {
  private final IndexSpec spec;
  private final Map<AssetKey, AssetVectors> changed = new HashMap<>();
  private Map<AssetKey, AssetVectors> visible = Map.of();
  private OptionalLong position = OptionalLong.empty();

  public ExactVectorIndex(IndexSpec spec) {
    this.spec = spec;
  }

  @Override
  public IndexSpec spec() {
    return spec;
  }

  @Override
  public synchronized void replace(List<AssetVectors> assets) {
    for (AssetVectors asset : assets) {
      asset.parts().forEach(part -> requireFits(part.vector()));
    }
    for (AssetVectors asset : assets) {
      if (asset.parts().isEmpty()) {
        changed.remove(asset.asset());
      } else {
        changed.put(asset.asset(), asset);
      }
    }
  }

  private void requireFits(float[] vector) {
    if (vector.length != spec.dimension()) {
      throw new IllegalArgumentException(
          "a vector has " + vector.length + " values, not " + spec.dimension());
    }
  }

  @Override
  public synchronized void refresh() {
    visible = Map.copyOf(changed);
  }

  @Override
  public List<Hit> search(VectorQuery query) {
    requireFits(query.vector());
    Map<AssetKey, AssetVectors> now;
    synchronized (this) {
      now = visible;
    }
    List<Hit> hits = new ArrayList<>();
    for (AssetVectors asset : now.values()) {
      if (query.where().filter(condition -> !condition.matches(asset.facts())).isEmpty()
          && query.within().filter(set -> !set.contains(asset.asset())).isEmpty()) {
        Hit hit = nearestPart(asset, query.vector());
        if (query.least().isEmpty() || hit.score() >= query.least().getAsDouble()) {
          hits.add(hit);
        }
      }
    }
    hits.sort(Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::asset));
    return List.copyOf(hits.subList(0, Math.min(query.k(), hits.size())));
  }

  private Hit nearestPart(AssetVectors asset, float[] vector) {
    return asset.parts().stream()
        .map(
            part ->
                new Hit(asset.asset(), part.name(), spec.similarity().score(vector, part.vector())))
        .max(Comparator.comparingDouble(Hit::score))
        .orElseThrow();
  }

  @Override
  public synchronized void commit(long reached) {
    position = OptionalLong.of(reached);
  }

  @Override
  public synchronized OptionalLong position() {
    return position;
  }

  @Override
  public void optimize() {
    // one pass over everything is all it does
  }

  @Override
  public synchronized IndexStats stats() {
    long vectors = visible.values().stream().mapToLong(asset -> asset.parts().size()).sum();
    return new IndexStats(vectors, 0, 1, vectors * spec.dimension() * Float.BYTES, 0);
  }

  @Override
  public void checkIntegrity() {
    // nothing is at rest
  }

  @Override
  public void close() {
    // memory goes with it
  }
}
