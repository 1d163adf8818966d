package io.aifs.server.catalog;

import io.aifs.crypto.Digest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lineage edges of a namespace ({@code namespace} is its number), whether their ends are visible or
 * deleted. Edges are never removed.
 */
public interface LineageReader {
  /**
   * The asset's edges on one side, newest first; those of one time in order of the other end, then
   * of transform name, then of transform digest.
   *
   * @param after the last edge of the page before; empty for the first page
   */
  List<EdgeRow> edges(
      long namespace, LineageSide side, Digest asset, Optional<EdgeRow> after, int limit);

  /**
   * The edges of many assets on one side, in the order of {@code assets}, those of each asset as
   * {@link #edges} has them.
   *
   * @param assets different ones
   * @param fanOut how many edges of an asset to return, of those that the filter accepts
   * @param seenMax how many edges to look at; {@link EdgeLevel#complete} is false if there are more
   */
  EdgeLevel level(
      long namespace,
      LineageSide side,
      List<Digest> assets,
      EdgeFilter filter,
      int fanOut,
      long seenMax);

  /** Which of the assets have an edge on that side. */
  List<Digest> having(long namespace, LineageSide side, Collection<Digest> assets);

  /** What is known of assets, visible or deleted; unknown ids are absent from the result. */
  Map<Digest, LineageNode> nodes(long namespace, Collection<Digest> assets);
}
