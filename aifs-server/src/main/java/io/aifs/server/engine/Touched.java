package io.aifs.server.engine;

import java.util.List;

/**
 * What something that is wrong touches.
 *
 * @param assets ids of assets, as far as known, some of them if they are many
 * @param moreAssets how many are left out
 * @param paths addresses that name them, some of them if they are many
 * @param morePaths how many are left out
 */
public record Touched(List<String> assets, long moreAssets, List<String> paths, long morePaths) {
  public static final Touched NOTHING = new Touched(List.of(), 0, List.of(), 0);

  public Touched {
    assets = List.copyOf(assets);
    paths = List.copyOf(paths);
  }
}
