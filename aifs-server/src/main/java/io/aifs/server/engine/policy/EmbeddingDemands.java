package io.aifs.server.engine.policy;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a policy demands of embeddings.
 *
 * @param normMin vectors that are shorter are outside
 * @param normMax vectors that are longer are outside
 * @param spaces those that there may be embeddings in; empty allows all
 */
record EmbeddingDemands(
    Review review, OptionalDouble normMin, OptionalDouble normMax, Optional<Set<String>> spaces) {
  static final EmbeddingDemands NOTHING =
      new EmbeddingDemands(
          Review.NONE, OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty());

  private static final String REVIEW = "/embeddings/review";
  private static final String NORM_MIN = "/embeddings/norm_min";
  private static final String NORM_MAX = "/embeddings/norm_max";
  private static final String SPACES = "/embeddings/spaces";

  EmbeddingDemands {
    requireNonNull(review, "review is null");
    requireNonNull(normMin, "normMin is null");
    requireNonNull(normMax, "normMax is null");
    spaces = spaces.map(Set::copyOf);
  }

  /** Which new embeddings wait for approval. */
  enum Review {
    NONE,
    OUTSIDE_NORM,
    ALL
  }

  /** What is wrong with embeddings in a space; empty if nothing is. */
  Optional<Violation> checkSpace(String space) {
    return spaces
        .filter(allowed -> !allowed.contains(space))
        .map(
            allowed ->
                new Violation(
                    SPACES,
                    "space",
                    "'" + space + "' is not allowed, but " + new TreeSet<>(allowed)));
  }

  /** The rule that has a vector of this length wait; empty if none does. */
  Optional<String> heldBackBy(double norm) {
    return switch (review) {
      case NONE -> Optional.empty();
      case ALL -> Optional.of(REVIEW);
      case OUTSIDE_NORM -> outside(norm);
    };
  }

  private Optional<String> outside(double norm) {
    if (normMin.isPresent() && !(norm >= normMin.getAsDouble())) {
      return Optional.of(NORM_MIN);
    }
    return normMax.isPresent() && !(norm <= normMax.getAsDouble())
        ? Optional.of(NORM_MAX)
        : Optional.empty();
  }
}
