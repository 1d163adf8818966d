package io.aifs.core.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which assets of a namespace to list; all conditions must hold.
 *
 * @param idPrefix 1 to 64 lower-case hex digits that the id begins with
 * @param createdFrom the earliest creation, inclusive
 * @param createdBefore the latest creation, exclusive
 * @param kinds any of these; empty means all
 * @param metadata entries that the asset's metadata must have, each with just this value
 */
public record AssetFilter(
    Optional<String> idPrefix,
    Optional<Instant> createdFrom,
    Optional<Instant> createdBefore,
    Set<AssetKind> kinds,
    Map<String, String> metadata) {
  /** Every asset. */
  public static final AssetFilter ALL =
      new AssetFilter(Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), Map.of());

  /**
   * @throws IllegalArgumentException if the prefix is not hex, or the times are the wrong way round
   */
  public AssetFilter {
    requireNonNull(idPrefix, "idPrefix is null");
    kinds = Set.copyOf(kinds);
    metadata = Map.copyOf(metadata);
    if (idPrefix.isPresent() && !idPrefix.get().matches("[0-9a-f]{1,64}")) {
      throw new IllegalArgumentException("the prefix is not 1 to 64 lower-case hex digits");
    }
    if (createdFrom.isPresent()
        && createdBefore.isPresent()
        && createdBefore.get().isBefore(createdFrom.get())) {
      throw new IllegalArgumentException("the times are the wrong way round: nothing is between");
    }
  }

  /** Whether an asset is one of those. */
  public boolean matches(AssetInfo asset) {
    return idPrefix.map(prefix -> asset.id().hex().startsWith(prefix)).orElse(true)
        && createdFrom.map(from -> !asset.createdAt().isBefore(from)).orElse(true)
        && createdBefore.map(before -> asset.createdAt().isBefore(before)).orElse(true)
        && (kinds.isEmpty() || kinds.contains(asset.kind()))
        && asset.metadata().entrySet().containsAll(metadata.entrySet());
  }
}
