package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.AssetKind;
import io.aifs.crypto.Digest;
import java.time.Instant;
import java.util.Optional;

/**
 * What lineage says of an asset that may be deleted.
 *
 * @param createdAt empty for a deleted one
 * @param deletedAt empty for a visible one
 */
public record LineageNode(
    Digest id,
    AssetKind kind,
    long size,
    Optional<Instant> createdAt,
    Optional<Instant> deletedAt) {
  public LineageNode {
    requireNonNull(id, "id is null");
    requireNonNull(kind, "kind is null");
  }

  public boolean deleted() {
    return deletedAt.isPresent();
  }
}
