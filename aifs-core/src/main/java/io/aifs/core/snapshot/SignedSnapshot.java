package io.aifs.core.snapshot;

import static java.util.Objects.requireNonNull;

/**
 * A statement and its signature.
 *
 * @param signature Ed25519, 64 bytes, over the statement's encoding
 */
@SuppressWarnings("ArrayRecordComponent") // a signature; never compared
public record SignedSnapshot(SnapshotStatement statement, byte[] signature) {
  public SignedSnapshot {
    requireNonNull(statement, "statement is null");
    requireNonNull(signature, "signature is null");
  }
}
