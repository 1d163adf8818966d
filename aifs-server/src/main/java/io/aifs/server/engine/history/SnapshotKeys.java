package io.aifs.server.engine.history;

import io.aifs.core.snapshot.SigningKeyId;
import io.aifs.server.catalog.NamespaceRow;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The signing keys of namespaces: private halves never leave an implementation. Thread-safe. */
public interface SnapshotKeys {
  /** A public key and how it came into use. */
  @SuppressWarnings("ArrayRecordComponent") // a key; never compared
  record PublicKey(
      SigningKeyId id, byte[] bytes, Instant createdAt, Optional<Endorsement> endorsement) {}

  /**
   * The older key's word for the newer one.
   *
   * @param by the key that was current before
   * @param signature Ed25519 of {@code by} over what {@code docs/format/snapshot.md} says
   */
  @SuppressWarnings("ArrayRecordComponent") // a signature; never compared
  record Endorsement(SigningKeyId by, byte[] signature) {}

  /** The key that new snapshots of the namespace are signed with; makes one if there is none. */
  PublicKey current(NamespaceRow namespace) throws IOException;

  /** All keys the namespace ever had, oldest first; each but the first is endorsed. */
  List<PublicKey> all(NamespaceRow namespace) throws IOException;

  /** Ed25519 signature over {@code message} with one of the namespace's keys. */
  byte[] sign(NamespaceRow namespace, SigningKeyId key, byte[] message) throws IOException;

  /** Makes a new current key, endorsed by the one before; old snapshots still verify. */
  PublicKey rotate(NamespaceRow namespace) throws IOException;
}
