package io.aifs.client.trust;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.snapshot.KeyChain;
import io.aifs.core.snapshot.PublicKey;
import io.aifs.core.snapshot.SnapshotBrokenException;
import java.util.List;

/**
 * The signing keys that a server shows for a namespace.
 *
 * @param storeId the store that the server says it is
 * @param keys oldest first
 */
public record ServerKeys(String storeId, Name namespace, List<PublicKey> keys) {
  public ServerKeys {
    keys = List.copyOf(keys);
  }

  /**
   * Checks the signatures between the keys; whether to trust any of them is another question.
   *
   * @throws AifsException.Corrupt if they do not fit each other
   */
  public KeyChain chain() {
    try {
      return KeyChain.of(storeId, namespace, keys);
    } catch (SnapshotBrokenException e) {
      throw new AifsException.Corrupt(
          Reason.SNAPSHOT_DAMAGED,
          "the server's signing keys do not fit each other: " + e.getMessage(),
          "do not trust its snapshots; ask its operator to run 'aifs fsck'",
          e);
    }
  }
}
