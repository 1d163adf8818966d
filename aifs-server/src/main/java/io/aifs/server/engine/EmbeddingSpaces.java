package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.SpaceRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Makes embedding spaces of a namespace, in a catalog write. */
public final class EmbeddingSpaces {
  private static final String CREATED = "space.create";

  /**
   * Adds a space that is not there. {@link #tell} is left to the caller, whose events have an
   * order.
   *
   * @throws AifsException.LimitExceeded if there are too many
   */
  public static SpaceRow add(
      CatalogWriter writer, long namespace, EmbeddingSpace space, Instant now) {
    if (writer.embeddings().spaces(namespace).size() >= Limits.SPACES_MAX) {
      throw new AifsException.LimitExceeded(
          Reason.LIMIT_EXCEEDED,
          "the namespace has " + Limits.SPACES_MAX + " embedding spaces, which is all it can have",
          "embed into one of these, or in another namespace");
    }
    SpaceRow row = new SpaceRow(space, now);
    writer.embeddings().putSpace(namespace, row);
    return row;
  }

  /** Appends the event of a space that was made; returns its sequence. */
  public static long tell(CatalogWriter writer, long namespace, SpaceRow row) {
    EmbeddingSpace space = row.space();
    return writer
        .events()
        .append(
            EventRow.of(
                namespace,
                CREATED,
                row.createdAt(),
                List.of(),
                Map.of(
                    "space",
                    space.name().value(),
                    "dimension",
                    Integer.toString(space.dimension()),
                    "metric",
                    space.metric().name(),
                    "model",
                    space.model(),
                    "storage",
                    space.storage().name())));
  }

  private EmbeddingSpaces() {}
}
