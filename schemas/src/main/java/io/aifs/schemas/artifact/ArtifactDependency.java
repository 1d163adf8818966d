package io.aifs.schemas.artifact;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;
import io.aifs.schemas.Utf8;
import java.util.Optional;

/**
 * What an artifact needs besides its files.
 *
 * @param name of a package, a model, a data set
 * @param version of it, as whoever made it writes versions
 * @param asset its asset id, if it is one
 */
public record ArtifactDependency(String name, Optional<String> version, Optional<Digest> asset) {
  static final int NAME_BYTES_MAX = 1_024;
  static final int VERSION_BYTES_MAX = 256;

  /**
   * @throws IllegalArgumentException if the name is empty, or name or version are too long
   */
  public ArtifactDependency {
    var _ = Utf8.bytesOf(requireNonNull(name, "name is null"), NAME_BYTES_MAX, "name");
    version.ifPresent(
        text -> {
          var _ = Utf8.bytesOf(text, VERSION_BYTES_MAX, "version");
        });
    requireNonNull(asset, "asset is null");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("name is empty");
    }
  }
}
