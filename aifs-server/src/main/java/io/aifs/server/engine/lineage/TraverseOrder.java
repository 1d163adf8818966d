package io.aifs.server.engine.lineage;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.AssetKind;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.EdgeFilter;
import io.aifs.server.catalog.LineageNode;
import io.aifs.server.catalog.LineageSide;
import java.time.Instant;
import java.util.Set;

/**
 * What to walk.
 *
 * @param depth steps from the start
 * @param nodes assets at most, the start included
 * @param fanOut edges followed of one asset, the newest
 * @param filter which edges are followed
 * @param kinds which assets are selected; empty for all
 * @param createdSince of assets that are selected: the earliest time they were made
 * @param createdUntil the first time that is too late
 */
public record TraverseOrder(
    Digest start,
    LineageSide side,
    int depth,
    int nodes,
    int fanOut,
    EdgeFilter filter,
    Set<AssetKind> kinds,
    Instant createdSince,
    Instant createdUntil) {
  public static final int DEPTH_DEFAULT = 10;
  public static final int DEPTH_MAX = 1_000;
  public static final int NODES_DEFAULT = 10_000;
  public static final int NODES_MAX = 1_000_000;
  public static final int FAN_OUT_DEFAULT = 100;
  public static final int FAN_OUT_MAX = 10_000;

  public TraverseOrder {
    requireNonNull(start, "start is null");
    requireNonNull(side, "side is null");
    requireNonNull(filter, "filter is null");
    kinds = Set.copyOf(kinds);
  }

  /** Everything within limits. */
  public static TraverseOrder of(Digest start, LineageSide side, int depth, int nodes, int fanOut) {
    return new TraverseOrder(
        start, side, depth, nodes, fanOut, EdgeFilter.ALL, Set.of(), Instant.MIN, Instant.MAX);
  }

  /** Of a deleted asset nobody knows when it was made: bounds of time do not select it. */
  boolean selects(LineageNode node) {
    boolean anyTime = createdSince.equals(Instant.MIN) && createdUntil.equals(Instant.MAX);
    return (kinds.isEmpty() || kinds.contains(node.kind()))
        && (anyTime
            || node.createdAt()
                .filter(at -> !at.isBefore(createdSince) && at.isBefore(createdUntil))
                .isPresent());
  }
}
