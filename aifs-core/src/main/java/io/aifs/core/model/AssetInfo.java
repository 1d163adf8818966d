package io.aifs.core.model;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What is known of an asset besides its content. {@code metadata} is sorted by key. */
public record AssetInfo(
    Digest id, AssetKind kind, long size, Instant createdAt, Map<String, String> metadata) {
  public AssetInfo {
    requireNonNull(id, "id is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(createdAt, "createdAt is null");
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    if (size < 0) {
      throw new IllegalArgumentException("size is negative: " + size);
    }
  }
}
