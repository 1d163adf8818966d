package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import java.time.Instant;

/**
 * A lineage edge with both its ends: {@code child} was made from {@code edge.parent()}.
 *
 * @param at when it was recorded; for edges older than that note, when the child was made
 */
public record EdgeRow(Digest child, ParentEdge edge, Instant at) {
  public EdgeRow {
    requireNonNull(child, "child is null");
    requireNonNull(edge, "edge is null");
    requireNonNull(at, "at is null");
  }

  public Digest parent() {
    return edge.parent();
  }

  /** The end that lies in a direction. */
  public Digest end(LineageSide side) {
    return side == LineageSide.PARENTS ? edge.parent() : child;
  }
}
