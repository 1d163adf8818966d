package io.aifs.server.engine.lineage;

import io.aifs.crypto.Digest;
import io.aifs.server.catalog.EdgeRow;
import io.aifs.server.catalog.LineageNode;
import java.util.List;

/**
 * A part of what a traversal finds.
 *
 * @param steps assets that were not reached before
 * @param edges all followed edges of some assets of earlier pages
 * @param moreAt those of these assets that have more edges
 */
public record LineagePage(List<Step> steps, List<EdgeRow> edges, List<Digest> moreAt) {
  public LineagePage {
    steps = List.copyOf(steps);
    edges = List.copyOf(edges);
    moreAt = List.copyOf(moreAt);
  }

  /**
   * An asset.
   *
   * @param depth steps from the start
   * @param selected whether the order selects it; else it is on the way
   */
  public record Step(LineageNode node, int depth, boolean selected) {}
}
