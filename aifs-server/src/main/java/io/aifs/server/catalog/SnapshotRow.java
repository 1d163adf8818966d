package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.SnapshotRoots;

/**
 * A snapshot. What is in its statement as well is there to be found without reading that; only the
 * statement is signed.
 *
 * @param statement what is signed: {@code docs/format/snapshot.md}
 * @param signature Ed25519, 64 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // blob columns; never compared
public record SnapshotRow(
    SnapshotNode node, SnapshotRoots roots, byte[] statement, byte[] signature) {
  public SnapshotRow {
    requireNonNull(node, "node is null");
    requireNonNull(roots, "roots is null");
    requireNonNull(statement, "statement is null");
    requireNonNull(signature, "signature is null");
    if (node.pruned()) {
      throw new IllegalArgumentException("a pruned snapshot has no content");
    }
  }

  public SnapshotId id() {
    return node.id();
  }
}
