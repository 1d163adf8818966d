package io.aifs.server.engine.lineage;

import io.aifs.server.catalog.EdgeRow;
import io.aifs.server.catalog.LineageNode;
import io.aifs.server.catalog.LineageSide;
import java.util.List;
import java.util.Optional;

/**
 * What a search for a path came to.
 *
 * @param path a shortest one; empty if there is none, or none was found within the limits
 * @param cut whether the limits ended the search: a path may be there, or a shorter one
 */
public record FoundPath(Optional<Path> path, boolean cut) {
  /**
   * A chain of edges.
   *
   * @param side where the second end lies as seen from the first
   * @param nodes from the first end to the second
   * @param edges one fewer than nodes, in their order
   */
  public record Path(LineageSide side, List<LineageNode> nodes, List<EdgeRow> edges) {
    public Path {
      nodes = List.copyOf(nodes);
      edges = List.copyOf(edges);
    }
  }
}
