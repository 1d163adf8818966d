package io.aifs.server.engine.history;

import io.aifs.core.AifsException;
import io.aifs.core.snapshot.PublicKey;
import io.aifs.core.snapshot.SigningKeyId;
import io.aifs.server.catalog.NamespaceRow;
import java.util.List;

/**
 * The signing keys of namespaces: private halves never leave an implementation. Thread-safe. Must
 * not be asked from inside a catalog transaction: it may need one of its own.
 *
 * <p>Every method throws {@link AifsException.Corrupt} naming a key file that is damaged or lost,
 * and {@link AifsException.Unavailable} if the disk or the key service fails. A namespace whose
 * domain's KEK was destroyed signs nothing more; {@link #all} still answers.
 */
public interface SnapshotKeys {
  /** The key that new snapshots of the namespace are signed with; makes one if there is none. */
  PublicKey current(NamespaceRow namespace);

  /** All keys the namespace ever had, oldest first; each but the first is endorsed. */
  List<PublicKey> all(NamespaceRow namespace);

  /**
   * Ed25519 signature with one of the namespace's keys.
   *
   * @param message what {@code SnapshotStatement.toSign} gives
   * @throws IllegalArgumentException if the namespace has no such key
   */
  byte[] sign(NamespaceRow namespace, SigningKeyId key, byte[] message);

  /** Makes a new current key, endorsed by the one before; old snapshots still verify. */
  PublicKey rotate(NamespaceRow namespace);
}
