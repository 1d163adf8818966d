package io.aifs.client.trust;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.Name;
import io.aifs.core.snapshot.SigningKeyId;
import io.aifs.crypto.VerifyingKey;
import java.util.regex.Pattern;

/**
 * A pin: the newest signing key that a client has seen of a namespace.
 *
 * @param address the server as it was typed
 */
public record KnownKey(String address, String storeId, Name namespace, VerifyingKey key) {
  private static final Pattern STORE_ID = Pattern.compile("[0-9a-z-]{1,64}");

  public KnownKey {
    requireNonNull(namespace, "namespace is null");
    requireNonNull(key, "key is null");
    if (address.isEmpty()) {
      throw new IllegalArgumentException("address is empty");
    }
    if (!STORE_ID.matcher(storeId).matches()) {
      throw new IllegalArgumentException("store id does not match " + STORE_ID);
    }
  }

  /** Whether both are of the same namespace at the same address. */
  boolean isBeside(KnownKey other) {
    return address.equals(other.address) && namespace.equals(other.namespace);
  }

  /** The id of the key. */
  public SigningKeyId id() {
    return SigningKeyId.of(key);
  }
}
