package io.aifs.server.engine;

import io.aifs.core.Limits;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.Name;
import io.aifs.core.model.VectorStorage;
import io.aifs.server.engine.payload.StagedVectors;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Names spaces that nobody named, by the model of their vectors. */
final class SpaceNames {
  /**
   * A space for these vectors, under a name that is free.
   *
   * @param taken the names that are not
   */
  static EmbeddingSpace spaceFor(StagedVectors vectors, Predicate<String> taken) {
    String base = base(vectors);
    String metric = vectors.metric().name().toLowerCase(Locale.ROOT);
    return named(base, "", taken)
        .or(() -> named(base, "-" + vectors.dimension(), taken))
        .or(() -> named(base, "-" + vectors.dimension() + "-" + metric, taken))
        .map(name -> space(name, vectors))
        .orElseGet(() -> space(numbered(base, taken), vectors));
  }

  private static EmbeddingSpace space(Name name, StagedVectors vectors) {
    return new EmbeddingSpace(
        name, vectors.dimension(), vectors.metric(), vectors.model(), VectorStorage.FLOAT32);
  }

  /** There are at most some hundred spaces, so that a number is free soon. */
  private static Name numbered(String base, Predicate<String> taken) {
    for (int number = 2; ; number++) {
      Optional<Name> name = named(base, "-" + number, taken);
      if (name.isPresent()) {
        return name.get();
      }
    }
  }

  /** The model's name with what a name can have, or the dimension. */
  private static String base(StagedVectors vectors) {
    String plain =
        vectors
            .model()
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9._-]+", "-")
            .replaceAll("^[._-]+|-+$", "");
    return plain.isEmpty() ? Integer.toString(vectors.dimension()) : plain;
  }

  private static Optional<Name> named(String base, String end, Predicate<String> taken) {
    int length = Math.min(base.length(), Limits.NAME_BYTES_MAX - end.length());
    String name = base.substring(0, length) + end;
    return taken.test(name) ? Optional.empty() : asName(name);
  }

  private static Optional<Name> asName(String name) {
    try {
      return Optional.of(new Name(name));
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // it looks like an id, or is reserved
    }
  }

  private SpaceNames() {}
}
