package io.aifs.client;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.crypto.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a snapshot says of itself.
 *
 * @param merkleRoot binds the content of all it holds
 * @param parents the snapshots it was made from, the first being what the branch stood at
 * @param author who made it, as the maker says
 * @param signedBy the id of the key that signed it
 * @param statement what was signed: {@code docs/format/snapshot.md}
 * @param signature Ed25519 over the statement
 * @param entries how many paths it has
 * @param contentBytes of these
 * @param unnamed how many assets it has without a path
 */
@SuppressWarnings("ArrayRecordComponent") // signed bytes; never compared
public record SnapshotSummary(
    SnapshotId id,
    Name namespace,
    Digest merkleRoot,
    Instant createdAt,
    List<SnapshotId> parents,
    String author,
    String message,
    Map<String, String> metadata,
    String signedBy,
    byte[] statement,
    byte[] signature,
    long entries,
    long contentBytes,
    long unnamed) {
  public SnapshotSummary {
    requireNonNull(id, "id is null");
    requireNonNull(namespace, "namespace is null");
    requireNonNull(merkleRoot, "merkleRoot is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(author, "author is null");
    requireNonNull(message, "message is null");
    requireNonNull(signedBy, "signedBy is null");
    parents = List.copyOf(parents);
    metadata = Map.copyOf(metadata);
  }
}
