package io.aifs.server.engine.search;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SpaceRow;
import io.aifs.vector.AssetSet;
import io.aifs.vector.Condition;
import io.aifs.vector.Similarity;
import io.aifs.vector.VectorQuery;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What a search looks for, whatever the vectors.
 *
 * @param k how many assets for each vector
 * @param effort as in the order
 * @param least lower scores are not found
 * @param where must hold
 * @param within what must have the asset
 * @param only if there, the asset must be one of these
 */
record Sought(
    NamespaceRow namespace,
    SpaceRow space,
    int k,
    int effort,
    OptionalDouble least,
    Optional<Condition> where,
    Optional<AssetSet> within,
    Optional<Set<Digest>> only) {
  Sought {
    requireNonNull(namespace, "namespace is null");
    requireNonNull(space, "space is null");
    requireNonNull(least, "least is null");
    requireNonNull(where, "where is null");
    requireNonNull(within, "within is null");
    requireNonNull(only, "only is null");
  }

  /** The name of the space. */
  String spaceName() {
    return space.space().name().value();
  }

  Similarity similarity() {
    return switch (space.space().metric()) {
      case COSINE -> Similarity.COSINE;
      case DOT_PRODUCT -> Similarity.DOT_PRODUCT;
      case EUCLIDEAN -> Similarity.EUCLIDEAN;
    };
  }

  /** Whether an asset as the catalog has it may be found. */
  boolean allows(AssetRow row) {
    return only.filter(ids -> !ids.contains(row.id())).isEmpty()
        && within.filter(set -> !set.contains(Assets.key(row.id()))).isEmpty()
        && where.filter(condition -> !condition.matches(Assets.facts(row))).isEmpty();
  }

  /** Whether an embedding is one of the space, and can be found. */
  boolean isLive(EmbeddingRow row) {
    return row.space().equals(spaceName()) && row.quarantine().isEmpty();
  }

  boolean isEnough(float score) {
    return least.isEmpty() || score >= least.getAsDouble();
  }

  /** As an index is asked. */
  VectorQuery query(float[] vector, int most, boolean exact) {
    int candidates = effort == 0 ? 0 : Math.max(effort, most);
    return new VectorQuery(vector, most, candidates, exact, least, where, within);
  }
}
