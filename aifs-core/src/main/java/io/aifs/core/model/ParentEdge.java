package io.aifs.core.model;

import static java.util.Objects.requireNonNull;

import io.aifs.core.Limits;
import io.aifs.crypto.Digest;
import java.nio.charset.StandardCharsets;

/**
 * "Made from {@code parent} by {@code transformName}": one lineage edge of the asset that has it.
 */
public record ParentEdge(Digest parent, String transformName, String transformDigest) {
  public ParentEdge {
    requireNonNull(parent, "parent is null");
    requireAtMost("transform name", transformName, Limits.TRANSFORM_NAME_BYTES_MAX);
    requireAtMost("transform digest", transformDigest, Limits.TRANSFORM_DIGEST_BYTES_MAX);
  }

  private static void requireAtMost(String what, String value, int bytesMax) {
    if (value.getBytes(StandardCharsets.UTF_8).length > bytesMax) {
      throw new IllegalArgumentException(what + " is over " + bytesMax + " bytes");
    }
  }
}
