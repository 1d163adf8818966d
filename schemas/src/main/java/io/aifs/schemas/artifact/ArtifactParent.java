package io.aifs.schemas.artifact;

import static java.util.Objects.requireNonNull;

import io.aifs.core.Limits;
import io.aifs.crypto.Digest;
import io.aifs.schemas.Utf8;

/**
 * What an artifact was made from.
 *
 * @param parent an asset id
 * @param transform what was done to it; may be empty
 */
public record ArtifactParent(Digest parent, String transform) {
  /**
   * @throws IllegalArgumentException if the transform is too long
   */
  public ArtifactParent {
    requireNonNull(parent, "parent is null");
    var _ =
        Utf8.bytesOf(
            requireNonNull(transform, "transform is null"),
            Limits.TRANSFORM_NAME_BYTES_MAX,
            "transform");
  }
}
