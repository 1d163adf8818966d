package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A tag.
 *
 * @param who the id of the token that made it
 * @param deletedAt empty while it is there; the name means this snapshot for good either way
 */
public record TagRow(
    Name name,
    SnapshotId snapshot,
    Instant createdAt,
    String who,
    Map<String, String> metadata,
    Optional<Instant> deletedAt) {
  public TagRow {
    requireNonNull(name, "name is null");
    requireNonNull(snapshot, "snapshot is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(who, "who is null");
    requireNonNull(deletedAt, "deletedAt is null");
    metadata = Map.copyOf(metadata);
  }
}
