package io.aifs.core.snapshot;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.SnapshotRoots;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * What the signature of a snapshot is over.
 *
 * @param storeId the store it was made in
 * @param roots what it holds
 * @param createdAt whole microseconds
 * @param parents the snapshots it was made from, the first being what the branch stood at
 * @param author who made it, as the maker says
 * @param signedBy the key that signs it
 */
public record SnapshotStatement(
    String storeId,
    Name namespace,
    SnapshotRoots roots,
    Instant createdAt,
    List<SnapshotId> parents,
    String author,
    String message,
    Map<String, String> metadata,
    SigningKeyId signedBy) {
  public SnapshotStatement {
    requireNonNull(storeId, "storeId is null");
    requireNonNull(namespace, "namespace is null");
    requireNonNull(roots, "roots is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(author, "author is null");
    requireNonNull(message, "message is null");
    requireNonNull(signedBy, "signedBy is null");
    parents = List.copyOf(parents);
    metadata = Map.copyOf(metadata);
    if (!createdAt.equals(createdAt.truncatedTo(ChronoUnit.MICROS))) {
      throw new IllegalArgumentException("createdAt has more than microseconds: " + createdAt);
    }
  }
}
