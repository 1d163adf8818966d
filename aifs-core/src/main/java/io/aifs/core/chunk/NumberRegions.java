package io.aifs.core.chunk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The regions of numbers around which content is cut, and the lengths of their chunks. Immutable.
 */
public final class NumberRegions {
  /** Content without numbers. */
  public static final NumberRegions NONE = new NumberRegions(List.of(), ChunkerParameters.DEFAULT);

  private final List<NumberRegion> regions;
  private final ChunkerParameters rules;

  private NumberRegions(List<NumberRegion> regions, ChunkerParameters rules) {
    this.regions = regions;
    this.rules = rules;
  }

  /**
   * Those of {@code found} that make a difference to how content is cut by {@code rules}: none if
   * they are out of order or overlap, or the rules leave no room for the longest chunk of numbers;
   * else those that are long enough for a chunk.
   */
  public static NumberRegions of(List<NumberRegion> found, ChunkerParameters rules) {
    if (!isRoomFor(rules)) {
      return NONE;
    }
    long end = 0;
    List<NumberRegion> kept = new ArrayList<>();
    for (NumberRegion region : found) {
      if (region.offset() < end) {
        return NONE;
      }
      end = region.end();
      if (region.length() >= rules.bytesMin()) {
        kept.add(region);
      }
    }
    return new NumberRegions(List.copyOf(kept), rules);
  }

  /** Whether content is cut at numbers by these rules at all. */
  public static boolean isRoomFor(ChunkerParameters rules) {
    return rules.bytesTarget() + rules.bytesMin() <= rules.bytesMax();
  }

  public boolean isEmpty() {
    return regions.isEmpty();
  }

  /** What lies at {@code position} of the content: a place in a region, or nothing. */
  public Optional<NumberPlace> at(long position) {
    int index = startingUpTo(position);
    if (index < 0 || position >= regions.get(index).end()) {
      return Optional.empty();
    }
    NumberRegion region = regions.get(index);
    return Optional.of(new NumberPlace(region, position - region.offset()));
  }

  /** Where the first region behind {@code position} starts; {@code Long.MAX_VALUE} if none does. */
  public long startAfter(long position) {
    int next = startingUpTo(position) + 1;
    return next < regions.size() ? regions.get(next).offset() : Long.MAX_VALUE;
  }

  /**
   * The length of the chunk that begins at a place where one does: {@code bytesTarget}, but that
   * the last of the region takes what would be too short for one of its own.
   */
  public int length(NumberPlace place) {
    long left = place.region().length() - place.offset();
    int target = rules.bytesTarget();
    return left < target + rules.bytesMin() ? (int) left : target;
  }

  /** The place of a chunk, if it is one that content is cut into inside of a region. */
  public Optional<NumberPlace> chunk(long position, int length) {
    return at(position)
        .filter(place -> place.offset() % rules.bytesTarget() == 0)
        .filter(place -> length(place) == length);
  }

  /** The regions by their names, but for those of which several have one name. */
  public Map<String, NumberRegion> byName() {
    Map<String, NumberRegion> names = new HashMap<>();
    Set<String> twice = new HashSet<>();
    for (NumberRegion region : regions) {
      if (names.putIfAbsent(region.name(), region) != null) {
        twice.add(region.name());
      }
    }
    names.keySet().removeAll(twice);
    return names;
  }

  /** The index of the last region that starts at {@code position} or before, or -1. */
  private int startingUpTo(long position) {
    int low = 0;
    int high = regions.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (regions.get(middle).offset() <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }
}
