package io.aifs.server.engine.search;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.TreePath;
import io.aifs.server.catalog.AssetRow;
import java.util.List;
import java.util.Optional;

/**
 * What was found.
 *
 * @param space empty if the namespace has none, and so nothing
 * @param results for each probe, nearest first
 * @param exact whether every vector was looked at
 * @param version up to which changes of the store are in it
 */
public record SearchAnswer(
    Optional<EmbeddingSpace> space,
    List<List<Found>> results,
    boolean exact,
    long version,
    IndexState state) {
  public SearchAnswer {
    results = List.copyOf(results);
  }

  /**
   * An asset.
   *
   * @param row as the catalog has it
   * @param part the nearest of its parts; empty for the whole
   * @param path one that names it, where a ref or path was asked for
   */
  public record Found(AssetRow row, float score, String part, Optional<TreePath> path) {
    public Found {
      requireNonNull(row, "row is null");
      requireNonNull(part, "part is null");
      requireNonNull(path, "path is null");
    }
  }
}
