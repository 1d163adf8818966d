package io.aifs.server.engine;

import static java.util.Objects.requireNonNull;

import io.aifs.core.Limits;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.SpaceRow;
import io.aifs.server.engine.payload.StagedVectors;
import io.aifs.server.engine.payload.StagedVectors.StagedVector;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Embeds assets by the vectors in their own content, in the space of what made them. For one
 * catalog write.
 */
final class PayloadEmbedding {
  private final CatalogWriter writer;
  private final long namespace;
  private final EmbeddingCommit embeddings;
  private final boolean discreet;

  /**
   * @param discreet as of {@link AssetCommit}: then an asset that others gave too many embeddings
   *     stays without these, and nothing says so
   */
  PayloadEmbedding(
      CatalogWriter writer, long namespace, EmbeddingCommit embeddings, boolean discreet) {
    this.writer = requireNonNull(writer, "writer is null");
    this.namespace = namespace;
    this.embeddings = requireNonNull(embeddings, "embeddings is null");
    this.discreet = discreet;
  }

  /**
   * Embeds an asset; each vector is a part of it.
   *
   * @return whether anything is other than before
   * @throws io.aifs.core.AifsException.Precondition if the rule does not allow the space
   * @throws io.aifs.core.AifsException.LimitExceeded if there are too many spaces, or the asset has
   *     too many embeddings besides these
   */
  boolean embed(Digest asset, StagedVectors vectors) {
    if (vectors.vectors().isEmpty()) {
      return false;
    }
    EmbeddingSpace space = spaceOf(vectors);
    if (discreet && !fits(asset, space, vectors)) {
      return false;
    }
    boolean changed = false;
    for (StagedVector vector : vectors.vectors()) {
      EmbeddingKey key = new EmbeddingKey(asset, space.name().value(), vector.part());
      changed |=
          embeddings
              .put(
                  space,
                  new StagedEmbedding(key, vectors.dimension(), vector.content(), vector.norm()))
              .changed();
    }
    return changed;
  }

  /** The first by name that they fit into and that is allowed; else the first, else a new one. */
  private EmbeddingSpace spaceOf(StagedVectors vectors) {
    List<EmbeddingSpace> all =
        writer.embeddings().spaces(namespace).stream().map(SpaceRow::space).toList();
    List<EmbeddingSpace> fitting = all.stream().filter(space -> isMeant(space, vectors)).toList();
    if (!fitting.isEmpty()) {
      return fitting.stream()
          .filter(space -> embeddings.allows(space.name().value()))
          .findFirst()
          .orElse(fitting.getFirst());
    }
    Set<String> names = all.stream().map(space -> space.name().value()).collect(Collectors.toSet());
    EmbeddingSpace wanted = SpaceNames.spaceFor(vectors, names::contains);
    embeddings.requireAllowed(wanted.name().value());
    return embeddings.make(wanted);
  }

  private static boolean isMeant(EmbeddingSpace space, StagedVectors vectors) {
    return space.model().equals(vectors.model())
        && space.dimension() == vectors.dimension()
        && space.metric() == vectors.metric();
  }

  private boolean fits(Digest asset, EmbeddingSpace space, StagedVectors vectors) {
    Set<String> parts =
        writer.embeddings().ofAll(namespace, List.of(asset)).getOrDefault(asset, List.of()).stream()
            .filter(row -> row.space().equals(space.name().value()))
            .map(EmbeddingRow::part)
            .collect(Collectors.toCollection(HashSet::new));
    vectors.vectors().forEach(vector -> parts.add(vector.part()));
    return parts.size() <= Limits.EMBEDDING_PARTS_MAX;
  }
}
