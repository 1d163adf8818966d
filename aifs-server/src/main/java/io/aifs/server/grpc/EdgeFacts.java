package io.aifs.server.grpc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a server tells about itself.
 *
 * @param dev calls are allowed without a token
 * @param config settings to show, without secrets
 */
public record EdgeFacts(String version, boolean dev, Map<String, Object> config) {
  /** What this version can do, beyond the methods of the contract, as stable words. */
  public static final List<String> FEATURES =
      List.of(
          "associations",
          "audit",
          "batched-put",
          "batched-stat",
          "encryption-at-rest",
          "event-feed",
          "gzip",
          "health-v1",
          "idempotent-writes",
          "lineage-walks",
          "paths",
          "policies",
          "ranged-read",
          "reflection",
          "signed-snapshots",
          "tensors",
          "tokens",
          "transactions",
          "verify",
          "version-tokens",
          "zstd");

  public EdgeFacts {
    config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
  }
}
