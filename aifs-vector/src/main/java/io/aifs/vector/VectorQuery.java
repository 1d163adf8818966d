package io.aifs.vector;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What to look for.
 *
 * @param vector as long as those of the index; not copied: leave it as it is
 * @param k how many assets to find at most, each by the nearest of its parts
 * @param effort how many candidates the graph search keeps, at least {@code k}: more find better
 *     and take longer; 0 leaves it to the index
 * @param exact whether to look at every vector that may be found
 * @param least scores below it are not found
 * @param where empty for all
 * @param within empty for all
 */
@SuppressWarnings("ArrayRecordComponent") // a request, never compared
public record VectorQuery(
    float[] vector,
    int k,
    int effort,
    boolean exact,
    OptionalDouble least,
    Optional<Condition> where,
    Optional<AssetSet> within) {
  public VectorQuery {
    requireNonNull(vector, "vector is null");
    requireNonNull(least, "least is null");
    requireNonNull(where, "where is null");
    requireNonNull(within, "within is null");
    if (k < 1) {
      throw new IllegalArgumentException("k is below 1: " + k);
    }
    if (effort < 0) {
      throw new IllegalArgumentException("effort is negative: " + effort);
    }
  }

  /** The nearest among all. */
  public static VectorQuery of(float[] vector, int k) {
    return new VectorQuery(
        vector, k, 0, false, OptionalDouble.empty(), Optional.empty(), Optional.empty());
  }
}
