package io.aifs.vector;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an index is asked, against what it should hold. */
final class Answers {
  private final IndexSpec spec;
  private final Map<AssetKey, AssetVectors> held = new HashMap<>();

  Answers(IndexSpec spec) {
    this.spec = spec;
  }

  void replace(List<AssetVectors> assets) {
    for (AssetVectors asset : assets) {
      if (asset.parts().isEmpty()) {
        held.remove(asset.asset());
      } else {
        held.put(asset.asset(), asset);
      }
    }
  }

  int assets() {
    return held.size();
  }

  int vectors() {
    return held.values().stream().mapToInt(asset -> asset.parts().size()).sum();
  }

  Set<AssetKey> keys() {
    return Set.copyOf(held.keySet());
  }

  /** Hits must be right, in order, and as many as there are; those of an exact search the best. */
  void check(VectorQuery query, List<Hit> hits) {
    List<Float> scores =
        held.values().stream()
            .filter(asset -> isWanted(query, asset))
            .map(asset -> score(query, asset))
            .filter(
                score -> query.least().isEmpty() || score >= query.least().getAsDouble() - slack())
            .sorted((a, b) -> Float.compare(b, a))
            .limit(query.k())
            .toList();
    Set<AssetKey> seen = new HashSet<>();
    for (int i = 0; i < hits.size(); i++) {
      Hit hit = hits.get(i);
      assertThat(seen.add(hit.asset())).as("an asset is found once").isTrue();
      assertThat(held).as("what is found is there").containsKey(hit.asset());
      AssetVectors asset = requireNonNull(held.get(hit.asset()));
      assertThat(isWanted(query, asset)).isTrue();
      assertThat(hit.score()).isCloseTo(score(query, asset), within(tolerance(hit.score())));
      assertThat(hit.score())
          .isCloseTo(partScore(query, asset, hit.part()), within(tolerance(hit.score())));
      if (query.exact()) {
        assertThat(hit.score()).isCloseTo(scores.get(i), within(tolerance(hit.score())));
      }
      if (i > 0) {
        Hit before = hits.get(i - 1);
        assertThat(before.score()).isGreaterThanOrEqualTo(hit.score());
        if (before.score() == hit.score()) {
          assertThat(before.asset()).isLessThan(hit.asset());
        }
      }
    }
    if (query.least().isEmpty()) {
      assertThat(hits).hasSize(scores.size());
    }
  }

  private static boolean isWanted(VectorQuery query, AssetVectors asset) {
    return query.where().filter(condition -> !condition.matches(asset.facts())).isEmpty()
        && query.within().filter(set -> !set.contains(asset.asset())).isEmpty();
  }

  private float score(VectorQuery query, AssetVectors asset) {
    float best = Float.NEGATIVE_INFINITY;
    for (AssetVectors.Part part : asset.parts()) {
      best = Math.max(best, spec.similarity().score(query.vector(), part.vector()));
    }
    return best;
  }

  private float partScore(VectorQuery query, AssetVectors asset, String name) {
    return asset.parts().stream()
        .filter(part -> part.name().equals(name))
        .map(part -> spec.similarity().score(query.vector(), part.vector()))
        .findFirst()
        .orElse(Float.NaN);
  }

  private float slack() {
    return spec.storage() == IndexSpec.Storage.INT8 ? 0.015f : 0;
  }

  private float tolerance(float score) {
    if (slack() > 0) {
      return slack();
    }
    return 1e-5f * Math.max(1, Math.abs(score));
  }
}
