package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.EmbeddingSpace;
import java.time.Instant;

/** An embedding space of a namespace. */
public record SpaceRow(EmbeddingSpace space, Instant createdAt) {
  public SpaceRow {
    requireNonNull(space, "space is null");
    requireNonNull(createdAt, "createdAt is null");
  }
}
