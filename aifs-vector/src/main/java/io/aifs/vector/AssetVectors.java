package io.aifs.vector;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * All that an index holds of one asset.
 *
 * @param parts its vectors; none to hold nothing of it
 */
public record AssetVectors(AssetKey asset, Facts facts, List<Part> parts) {
  public AssetVectors {
    requireNonNull(asset, "asset is null");
    requireNonNull(facts, "facts is null");
    parts = List.copyOf(parts);
  }

  /**
   * One of an asset's vectors.
   *
   * @param name which of them, such as a passage or a page; empty for the asset as a whole
   * @param vector not copied: leave it as it is
   */
  @SuppressWarnings("ArrayRecordComponent") // large, on its way into an index; never compared
  public record Part(String name, float[] vector) {
    public Part {
      requireNonNull(name, "name is null");
      requireNonNull(vector, "vector is null");
    }
  }
}
