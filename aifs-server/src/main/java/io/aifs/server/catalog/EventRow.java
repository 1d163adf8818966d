package io.aifs.server.catalog;

import io.aifs.crypto.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Something that happened, in the order it became visible.
 *
 * @param sequence position in the order of commits over the whole store; gaps are possible
 * @param type such as {@code asset.put}; the list is the engine's
 * @param assets what it happened to; many for a batch
 */
public record EventRow(
    long sequence,
    long namespace,
    String type,
    Instant at,
    List<Digest> assets,
    Map<String, String> details) {
  /** The type of the event that makes assets visible: {@link AssetRow#bornAt} names one. */
  public static final String ASSET_PUT = "asset.put";

  public EventRow {
    assets = List.copyOf(assets);
    details = Map.copyOf(details);
  }
}
