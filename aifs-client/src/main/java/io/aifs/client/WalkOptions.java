package io.aifs.client;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.AssetKind;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * How to walk lineage. Limits of 0 are the server's defaults.
 *
 * @param depth steps from the start
 * @param nodes assets at most, the start included
 * @param fanOut edges followed of one asset, the newest
 * @param transforms only edges of these are followed; empty for all
 * @param recorded only edges recorded then are followed
 * @param kinds which assets are selected, while others are passed through; empty for all
 * @param created which assets are selected by when they were made
 */
public record WalkOptions(
    Lineage.Direction direction,
    int depth,
    int nodes,
    int fanOut,
    Set<String> transforms,
    Period recorded,
    Set<AssetKind> kinds,
    Period created) {
  public WalkOptions {
    requireNonNull(direction, "direction is null");
    transforms = Set.copyOf(transforms);
    kinds = Set.copyOf(kinds);
  }

  /** Everything within the server's limits. */
  public static WalkOptions of(Lineage.Direction direction) {
    return new WalkOptions(direction, 0, 0, 0, Set.of(), Period.ALL, Set.of(), Period.ALL);
  }

  /**
   * A time bound on both sides, each of which may be open.
   *
   * @param until the first time that is too late
   */
  public record Period(Optional<Instant> since, Optional<Instant> until) {
    public static final Period ALL = new Period(Optional.empty(), Optional.empty());
  }
}
