package io.aifs.core.model;

import static java.util.Objects.requireNonNull;

import io.aifs.core.Limits;
import io.aifs.crypto.Digest;
import java.nio.charset.StandardCharsets;

/**
 * Names an embedding.
 *
 * @param part which part of the asset, such as a page; empty for the whole
 */
public record EmbeddingName(Digest asset, Name space, String part) {
  public EmbeddingName {
    requireNonNull(asset, "asset is null");
    requireNonNull(space, "space is null");
    requirePart(part);
  }

  /**
   * Returns if it can name a part.
   *
   * @throws IllegalArgumentException otherwise
   */
  public static void requirePart(String part) {
    if (part.getBytes(StandardCharsets.UTF_8).length > Limits.EMBEDDING_PART_BYTES_MAX) {
      throw new IllegalArgumentException(
          "part is over " + Limits.EMBEDDING_PART_BYTES_MAX + " bytes");
    }
    if (part.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("part has a control character");
    }
  }
}
