package io.aifs.server.engine;

import static java.util.Objects.requireNonNull;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.EmbeddingRow.Quarantine;
import io.aifs.server.catalog.SpaceRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts embeddings of assets into the catalog, found at once or not, as the namespace's rule has it.
 * For one catalog write; events are the caller's.
 */
public final class EmbeddingCommit {
  private final CatalogWriter writer;
  private final long namespace;
  private final EmbeddingRule rule;
  private final Instant now;
  private final Map<Place, Integer> parts = new HashMap<>();
  private final List<SpaceRow> made = new ArrayList<>();

  /** Where the parts of an asset are counted. */
  private record Place(Digest asset, String space) {}

  /**
   * What became of an embedding.
   *
   * @param changed whether anything is other than before
   * @param waits whether it waits for approval
   */
  public record Outcome(boolean changed, boolean waits) {}

  public EmbeddingCommit(CatalogWriter writer, long namespace, EmbeddingRule rule, Instant now) {
    this.writer = requireNonNull(writer, "writer is null");
    this.namespace = namespace;
    this.rule = requireNonNull(rule, "rule is null");
    this.now = requireNonNull(now, "now is null");
  }

  /** Adds an embedding to its space, which is made if it is the first of its dimension there. */
  public Outcome putFirst(StagedEmbedding embedding) {
    EmbeddingSpace space =
        writer
            .embeddings()
            .space(namespace, embedding.key().space())
            .map(SpaceRow::space)
            .orElseGet(() -> make(EmbeddingSpace.ofDimension(embedding.dimension())));
    return put(space, embedding);
  }

  /**
   * Makes a space that is not there.
   *
   * @throws AifsException.LimitExceeded if there are too many
   */
  EmbeddingSpace make(EmbeddingSpace space) {
    made.add(EmbeddingSpaces.add(writer, namespace, space, now));
    return space;
  }

  /**
   * Returns if there may be embeddings in a space.
   *
   * @throws AifsException.Precondition otherwise
   */
  void requireAllowed(String space) {
    rule.requireSpace(space);
  }

  /** Whether there may be embeddings in a space. */
  boolean allows(String space) {
    try {
      rule.requireSpace(space);
      return true;
    } catch (AifsException.Precondition _) {
      return false;
    }
  }

  /** The spaces that were made. Nobody was told of them yet. */
  public List<SpaceRow> made() {
    return List.copyOf(made);
  }

  /**
   * Adds an embedding in place of that of its part. One that is there with the same values stays
   * what it is, unless it waits and would not have to any more.
   *
   * @throws AifsException.InvalidRequest if its dimension is not that of the space
   * @throws AifsException.Precondition if the rule does not allow it
   * @throws AifsException.LimitExceeded if the asset has too many
   */
  public Outcome put(EmbeddingSpace space, StagedEmbedding embedding) {
    VectorRules.requireDimension(embedding.dimension(), space, "embedding", "the embedding");
    rule.requireSpace(space.name().value());
    EmbeddingKey key = embedding.key();
    Optional<EmbeddingRow> old = writer.embeddings().find(namespace, key);
    Optional<String> heldBackBy = rule.heldBackBy(embedding.norm());
    if (old.isPresent() && old.get().content().equals(embedding.content())) {
      boolean waits = old.get().quarantine().isPresent();
      if (!waits || heldBackBy.isPresent()) {
        return new Outcome(false, waits);
      }
    }
    if (old.isEmpty()) {
      count(key);
    }
    writer
        .embeddings()
        .put(
            namespace,
            new EmbeddingRow(
                key.asset(),
                key.space(),
                key.part(),
                embedding.dimension(),
                embedding.content(),
                heldBackBy.map(pointer -> new Quarantine(pointer, now))));
    return new Outcome(true, heldBackBy.isPresent());
  }

  private void count(EmbeddingKey key) {
    int counted =
        parts.compute(
            new Place(key.asset(), key.space()),
            (place, before) ->
                1
                    + (before == null
                        ? writer.embeddings().count(namespace, place.asset(), place.space())
                        : before));
    if (counted > Limits.EMBEDDING_PARTS_MAX) {
      throw new AifsException.LimitExceeded(
          Reason.LIMIT_EXCEEDED,
          "asset "
              + key.asset()
              + " has "
              + Limits.EMBEDDING_PARTS_MAX
              + " embeddings in space '"
              + key.space()
              + "', which is all it can have",
          "remove some, or put larger parts");
    }
  }
}
