package io.aifs.vector;

import static java.util.Objects.requireNonNull;

/**
 * An asset that was found.
 *
 * @param part the name of the nearest of its parts
 * @param score by the index's {@link Similarity}
 */
public record Hit(AssetKey asset, String part, float score) {
  public Hit {
    requireNonNull(asset, "asset is null");
    requireNonNull(part, "part is null");
  }
}
