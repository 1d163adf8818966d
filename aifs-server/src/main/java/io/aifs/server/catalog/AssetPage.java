package io.aifs.server.catalog;

import java.util.List;
import java.util.Optional;

/**
 * One page of assets.
 *
 * @param next where the page after this one begins; empty at the end
 */
public record AssetPage(List<AssetRow> assets, Optional<Position> next) {
  public AssetPage {
    assets = List.copyOf(assets);
  }

  /** A place in the order of births: an event, and how far into it. */
  public record Position(long event, int index) {}
}
