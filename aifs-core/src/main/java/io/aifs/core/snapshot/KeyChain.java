package io.aifs.core.snapshot;

import io.aifs.core.model.Name;
import io.aifs.core.snapshot.SnapshotBrokenException.Fault;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The signing keys that one namespace ever had, oldest first, each but the first endorsed by the
 * one before and naming it. Whoever trusts one of them can trust all: that is what the signatures
 * say. Immutable and thread-safe.
 */
public final class KeyChain {
  private final List<PublicKey> keys;

  private KeyChain(List<PublicKey> keys) {
    this.keys = keys;
  }

  /**
   * Checks every signature between the keys.
   *
   * @throws SnapshotBrokenException if one is of another store or namespace, or a signature is
   *     wrong; the message names the key
   */
  public static KeyChain of(String storeId, Name namespace, List<PublicKey> keys)
      throws SnapshotBrokenException {
    if (keys.isEmpty()) {
      throw new SnapshotBrokenException(
          Fault.ENDORSEMENT, "namespace " + namespace + " has no signing key");
    }
    Set<SigningKeyId> seen = new HashSet<>();
    for (int i = 0; i < keys.size(); i++) {
      PublicKey key = keys.get(i);
      KeyStatement statement = key.statement();
      if (!statement.storeId().equals(storeId) || !statement.namespace().equals(namespace)) {
        throw new SnapshotBrokenException(
            Fault.OTHER_KEY,
            "signing key %s is of namespace %s in store %s, not of %s in %s"
                .formatted(
                    key.id(), statement.namespace(), statement.storeId(), namespace, storeId));
      }
      key.requireAccepted();
      if (!seen.add(key.id())) {
        throw new SnapshotBrokenException(
            Fault.ENDORSEMENT, "signing key " + key.id() + " is there twice");
      }
      if (i > 0) {
        key.requireEndorsedBy(keys.get(i - 1));
      } else if (statement.predecessor().isPresent()) {
        throw new SnapshotBrokenException(
            Fault.ENDORSEMENT,
            "signing key "
                + statement.predecessor().get()
                + ", which was before "
                + key.id()
                + ", is missing");
      }
    }
    return new KeyChain(List.copyOf(keys));
  }

  /** Oldest first. */
  public List<PublicKey> keys() {
    return keys;
  }

  /** The key that new snapshots are signed with. */
  public PublicKey current() {
    return keys.getLast();
  }

  public Optional<PublicKey> find(SigningKeyId id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }
}
