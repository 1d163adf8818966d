package io.aifs.server.catalog;

import io.aifs.crypto.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened, in the order it became visible.
 *
 * @param sequence position in the order of commits over the whole store; gaps are possible
 * @param type such as {@code asset.put}; the list is the engine's
 * @param assets what it happened to; many for a batch
 * @param items the same assets in the same order with what is known of each, and paths without an
 *     asset between them; empty where nobody needs to know more than the assets
 */
public record EventRow(
    long sequence,
    long namespace,
    String type,
    Instant at,
    List<Digest> assets,
    Map<String, String> details,
    List<EventItem> items) {
  /** The type of the event that makes assets visible: {@link AssetRow#bornAt} names one. */
  public static final String ASSET_PUT = "asset.put";

  public EventRow {
    assets = List.copyOf(assets);
    details = Map.copyOf(details);
    items = List.copyOf(items);
  }

  /** Without items. */
  public EventRow(
      long sequence,
      long namespace,
      String type,
      Instant at,
      List<Digest> assets,
      Map<String, String> details) {
    this(sequence, namespace, type, at, assets, details, List.of());
  }

  /** To be appended: of these items and their assets. */
  public static EventRow of(
      long namespace, String type, Instant at, List<EventItem> items, Map<String, String> details) {
    List<Digest> assets = items.stream().map(EventItem::asset).flatMap(Optional::stream).toList();
    return new EventRow(0, namespace, type, at, assets, details, items);
  }

  /** The same under the sequence that it was given. */
  public EventRow withSequence(long given) {
    return new EventRow(given, namespace, type, at, assets, details, items);
  }
}
