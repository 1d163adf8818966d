package io.aifs.server.engine;

import io.aifs.server.model.PackId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the damage in each pack touches, as it turns out asset by asset. Not thread-safe. */
final class PackTouches {
  private static final int NAMED_MAX = 100;
  private static final int PLACES_MAX = 200_000;

  private final Map<PackId, Sum> sums = new HashMap<>();
  private boolean chunkAbsent;

  /** Sums for one pack; ids and addresses up to a limit. */
  private static final class Sum {
    private final Set<Long> places = new HashSet<>();
    private final List<String> assets = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();
    private long moreAssets;
    private long morePaths;
  }

  /** Adds a damaged asset and the addresses that name it. */
  void add(DamagedAsset asset, Touched touched) {
    chunkAbsent |= asset.chunkAbsent();
    Set<PackId> packs = new HashSet<>();
    for (RecordPlace place : asset.places()) {
      Sum sum = sums.computeIfAbsent(place.pack(), _ -> new Sum());
      if (sum.places.size() < PLACES_MAX) {
        sum.places.add(place.position());
      }
      if (packs.add(place.pack())) {
        name(sum, asset, touched);
      }
    }
  }

  private static void name(Sum sum, DamagedAsset asset, Touched touched) {
    if (sum.assets.size() < NAMED_MAX) {
      sum.assets.add(asset.id().hex());
    } else {
      sum.moreAssets++;
    }
    sum.morePaths += touched.morePaths();
    for (String path : touched.paths()) {
      if (sum.paths.size() < NAMED_MAX) {
        sum.paths.add(path);
      } else {
        sum.morePaths++;
      }
    }
  }

  /** What damage in a pack touches; empty if no asset needs what is damaged there. */
  Optional<Touched> of(PackId pack) {
    return Optional.ofNullable(sums.get(pack))
        .map(sum -> new Touched(sum.assets, sum.moreAssets, sum.paths, sum.morePaths));
  }

  /** How many damaged records of a pack are needed and have no other copy. */
  long records(PackId pack) {
    Sum sum = sums.get(pack);
    return sum == null ? 0 : sum.places.size();
  }

  /** Whether some asset needs a chunk that no pack has. */
  boolean chunkAbsent() {
    return chunkAbsent;
  }
}
