package io.aifs.server.model;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.DomainId;

/**
 * A pack that the catalog vouches for.
 *
 * @param syncedBytes the pack is whole up to here: damage below is corruption, bytes above are a
 *     torn tail and ignored
 * @param sealed whether the pack ends in its index and will never grow
 */
public record LivePack(PackId id, DomainId domain, long syncedBytes, boolean sealed) {
  public LivePack {
    requireNonNull(id, "id is null");
    requireNonNull(domain, "domain is null");
    if (syncedBytes < 0) {
      throw new IllegalArgumentException("syncedBytes is negative: " + syncedBytes);
    }
  }
}
