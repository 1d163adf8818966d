package io.aifs.core.snapshot;

import io.aifs.core.model.SnapshotId;
import io.aifs.core.snapshot.SnapshotBrokenException.Fault;
import io.aifs.crypto.VerifyingKey;

/**
 * Checks that a snapshot is what its maker signed. It says nothing about whose key it is: see
 * {@link KeyChain}; and nothing about the nodes below the roots.
 */
public final class SnapshotVerifier {
  private SnapshotVerifier() {}

  /**
   * Checks a statement against the id it goes under, the key and the signature.
   *
   * @throws SnapshotBrokenException saying which of them does not fit
   */
  public static SignedSnapshot verify(
      SnapshotId id, byte[] statement, byte[] signature, VerifyingKey key)
      throws SnapshotBrokenException {
    SnapshotStatement read = SnapshotStatement.decode(statement);
    verify(id, read, signature, key);
    return new SignedSnapshot(read, signature.clone());
  }

  /**
   * Checks a statement that was read before.
   *
   * @throws SnapshotBrokenException saying what does not fit
   */
  public static void verify(
      SnapshotId id, SnapshotStatement statement, byte[] signature, VerifyingKey key)
      throws SnapshotBrokenException {
    if (!statement.id().equals(id)) {
      throw new SnapshotBrokenException(
          Fault.OTHER_SNAPSHOT,
          "the statement is that of snapshot " + statement.id() + ", not of " + id);
    }
    verify(statement.claim(), signature, key);
  }

  /**
   * Checks the signature of a claim.
   *
   * @throws SnapshotBrokenException if the claim names another key, or the signature is not its
   */
  public static void verify(SnapshotClaim claim, byte[] signature, VerifyingKey key)
      throws SnapshotBrokenException {
    SigningKeyId id = SigningKeyId.of(key);
    if (!claim.signedBy().equals(id)) {
      throw new SnapshotBrokenException(
          Fault.OTHER_KEY,
          "snapshot "
              + claim.id()
              + " says that key "
              + claim.signedBy()
              + " signed it, not "
              + id);
    }
    if (!key.verify(claim.toSign(), signature)) {
      throw new SnapshotBrokenException(
          Fault.SIGNATURE,
          "the signature of snapshot " + claim.id() + " is not one of key " + id + " over it");
    }
  }
}
