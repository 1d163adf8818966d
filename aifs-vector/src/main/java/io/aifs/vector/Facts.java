package io.aifs.vector;

import java.util.Map;

/**
 * What filters may ask of an asset.
 *
 * @param kind the number of its kind
 * @param bytes the size of its content
 * @param createdMicros when it became visible, in microseconds since 1970 UTC
 */
public record Facts(int kind, long bytes, long createdMicros, Map<String, String> metadata) {
  public Facts {
    metadata = Map.copyOf(metadata);
  }
}
