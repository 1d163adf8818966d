package io.aifs.client.trust;

import static java.util.Objects.requireNonNull;

import io.aifs.client.SnapshotCheck;
import io.aifs.client.SnapshotSummary;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.snapshot.KeyChain;
import io.aifs.core.snapshot.PublicKey;
import io.aifs.core.snapshot.SigningKeyId;
import io.aifs.core.snapshot.SnapshotBrokenException;
import io.aifs.core.snapshot.SnapshotBrokenException.Fault;
import io.aifs.core.snapshot.SnapshotStatement;
import io.aifs.core.snapshot.SnapshotVerifier;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Believes a snapshot of one namespace if a key that {@link KeyTrust} believes signed it, and every
 * field of it is what was signed. Keys are asked for once, and again when one is not among them.
 * Thread-safe.
 */
public final class SnapshotTrust implements SnapshotCheck {
  private final Name namespace;
  private final KeyTrust trust;
  private final Supplier<ServerKeys> server;
  private volatile @Nullable KeyChain believed;

  /**
   * @param server asks for the namespace's keys
   */
  public SnapshotTrust(Name namespace, KeyTrust trust, Supplier<ServerKeys> server) {
    this.namespace = requireNonNull(namespace, "namespace is null");
    this.trust = requireNonNull(trust, "trust is null");
    this.server = requireNonNull(server, "server is null");
  }

  @Override
  public void check(SnapshotSummary snapshot) {
    verify(snapshot);
  }

  /**
   * What was signed of the snapshot.
   *
   * @throws AifsException.Corrupt if it is not what it says, or its signer is not believed
   * @throws AifsException.Unsupported if it is of a later version
   */
  public SnapshotStatement verify(SnapshotSummary snapshot) {
    try {
      SnapshotStatement statement = SnapshotStatement.decode(snapshot.statement());
      PublicKey key = key(statement.signedBy());
      SnapshotVerifier.verify(snapshot.id(), statement, snapshot.signature(), key.key());
      requireSaid(key.statement().storeId().equals(statement.storeId()), "store", snapshot);
      requireSame(snapshot, statement);
      return statement;
    } catch (SnapshotBrokenException e) {
      throw refused(snapshot, e);
    }
  }

  private PublicKey key(SigningKeyId id) throws SnapshotBrokenException {
    KeyChain chain = believed;
    Optional<PublicKey> key = chain == null ? Optional.empty() : chain.find(id);
    if (key.isEmpty()) { // there may be a newer one since
      chain = trust.believe(server.get());
      believed = chain;
      key = chain.find(id);
    }
    return key.orElseThrow(
        () ->
            new SnapshotBrokenException(
                Fault.OTHER_KEY, "key " + id + " is none of namespace " + namespace));
  }

  private void requireSame(SnapshotSummary snapshot, SnapshotStatement statement)
      throws SnapshotBrokenException {
    requireSaid(
        statement.namespace().equals(namespace) && snapshot.namespace().equals(namespace),
        "namespace",
        snapshot);
    requireSaid(snapshot.merkleRoot().equals(statement.merkleRoot()), "merkle_root", snapshot);
    requireSaid(snapshot.createdAt().equals(statement.createdAt()), "created_at", snapshot);
    requireSaid(snapshot.parents().equals(statement.parents()), "parents", snapshot);
    requireSaid(snapshot.author().equals(statement.author()), "author", snapshot);
    requireSaid(snapshot.message().equals(statement.message()), "message", snapshot);
    requireSaid(snapshot.metadata().equals(statement.metadata()), "metadata", snapshot);
    requireSaid(snapshot.signedBy().equals(statement.signedBy().hex()), "signed_by", snapshot);
    requireSaid(
        snapshot.entries() == statement.roots().paths().entries()
            && snapshot.contentBytes() == statement.roots().paths().bytes()
            && snapshot.unnamed() == statement.roots().unnamed().entries(),
        "sums",
        snapshot);
  }

  private static void requireSaid(boolean same, String field, SnapshotSummary snapshot)
      throws SnapshotBrokenException {
    if (!same) {
      throw new SnapshotBrokenException(
          Fault.OTHER_SNAPSHOT,
          "the server says another "
              + field
              + " of snapshot "
              + snapshot.id()
              + " than was signed");
    }
  }

  private static AifsException refused(SnapshotSummary snapshot, SnapshotBrokenException e) {
    if (e.fault() == Fault.NEWER) {
      return new AifsException.Unsupported(
          Reason.FORMAT_NEWER, String.valueOf(e.getMessage()), "use a later version of aifs");
    }
    return new AifsException.Corrupt(
        Reason.SNAPSHOT_DAMAGED,
        "snapshot " + snapshot.id() + " is not believed: " + e.getMessage(),
        "do not use it; ask the server's operator to run 'aifs fsck' and 'aifs snapshot verify'",
        e);
  }
}
