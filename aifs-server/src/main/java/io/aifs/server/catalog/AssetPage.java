package io.aifs.server.catalog;

import io.aifs.crypto.Digest;
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

  /** A place in a listing. */
  public sealed interface Position {}

  /** In the order of births: an event, and how far into it. */
  public record Birth(long event, int index) implements Position {}

  /** In the order of ids. */
  public record ById(Digest id) implements Position {}
}
