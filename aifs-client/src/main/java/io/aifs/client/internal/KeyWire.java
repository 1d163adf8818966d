package io.aifs.client.internal;

import io.aifs.client.trust.ServerKeys;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.Timestamps;
import io.aifs.core.snapshot.KeyStatement;
import io.aifs.core.snapshot.PublicKey;
import io.aifs.core.snapshot.SigningKeyId;
import io.aifs.crypto.VerifyingKey;
import io.aifs.proto.v1.ListSigningKeysResponse;
import io.aifs.proto.v1.SigningKeyInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Messages about signing keys as records. What is malformed counts as damage, not as a bug. */
final class KeyWire {
  static ServerKeys keys(ListSigningKeysResponse response, Name namespace) {
    try {
      List<PublicKey> keys = new ArrayList<>();
      for (SigningKeyInfo info : response.getKeysList()) {
        keys.add(key(info, response.getStoreId(), namespace));
      }
      return new ServerKeys(response.getStoreId(), namespace, keys);
    } catch (IllegalArgumentException e) {
      throw new AifsException.Corrupt(
          Reason.SNAPSHOT_DAMAGED,
          "the server's signing keys are malformed: " + e.getMessage(),
          "do not trust its snapshots; see whether something changes answers on their way",
          e);
    }
  }

  private static PublicKey key(SigningKeyInfo info, String storeId, Name namespace) {
    KeyStatement statement =
        new KeyStatement(
            storeId,
            namespace,
            Timestamps.parse(info.getCreatedAt()),
            VerifyingKey.fromBytes(info.getPublicKey().toByteArray()),
            info.getEndorsedBy().isEmpty()
                ? Optional.empty()
                : Optional.of(new SigningKeyId(info.getEndorsedBy())));
    PublicKey key =
        new PublicKey(
            statement, info.getAcceptance().toByteArray(), info.getEndorsement().toByteArray());
    if (!key.id().hex().equals(info.getKeyId())) {
      throw new IllegalArgumentException("key " + key.id() + " is called " + info.getKeyId());
    }
    return key;
  }

  private KeyWire() {}
}
