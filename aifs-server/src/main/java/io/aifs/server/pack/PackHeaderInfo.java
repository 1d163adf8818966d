package io.aifs.server.pack;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/**
 * What the header of a new pack says about keys, so that a pack found alone says what opens it.
 * Each record names its own epoch; this is the one current when the pack began.
 *
 * @param kekId the key service's id of the key that wraps the domain key
 */
public record PackHeaderInfo(int epoch, String kekId) {
  public PackHeaderInfo {
    requireNonNull(kekId, "kekId is null");
    if (epoch < 0) {
      throw new IllegalArgumentException("epoch is negative: " + epoch);
    }
    int bytes = kekId.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > PackFormat.KEK_ID_BYTES_MAX) {
      throw new IllegalArgumentException(
          "kekId is longer than " + PackFormat.KEK_ID_BYTES_MAX + " bytes: " + bytes);
    }
  }
}
