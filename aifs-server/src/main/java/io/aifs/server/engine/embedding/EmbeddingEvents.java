package io.aifs.server.engine.embedding;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.EventItem;
import io.aifs.server.catalog.EventRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What changes of embeddings are told as: a row for each type and space, with the assets. Indexes
 * and collection learn from it what to look at, so that no change may be without. For one catalog
 * write.
 */
final class EmbeddingEvents {
  static final String PUT = "embedding.put";
  static final String QUARANTINE = "embedding.quarantine";
  static final String APPROVE = "embedding.approve";
  static final String REJECT = "embedding.reject";
  static final String REMOVE = "embedding.remove";

  private static final String SPACE = "space";
  private static final String REASON = "reason";

  private final Map<String, Map<String, Set<Digest>>> changed = new TreeMap<>();

  /** Says that an embedding changed. */
  void add(String type, EmbeddingKey key) {
    changed
        .computeIfAbsent(type, _ -> new TreeMap<>())
        .computeIfAbsent(key.space(), _ -> new LinkedHashSet<>())
        .add(key.asset());
  }

  /**
   * Appends the events.
   *
   * @param reason why, for people; may be empty
   * @return the version that shows them, also if there are none
   */
  long append(CatalogWriter writer, long namespace, String reason, Instant now) {
    long version = writer.events().newest();
    Set<Digest> ids = new LinkedHashSet<>();
    changed.values().forEach(spaces -> spaces.values().forEach(ids::addAll));
    Map<Digest, AssetRow> rows = writer.assets().findAll(namespace, ids);
    for (Map.Entry<String, Map<String, Set<Digest>>> type : changed.entrySet()) {
      for (Map.Entry<String, Set<Digest>> space : type.getValue().entrySet()) {
        Map<String, String> details = new HashMap<>();
        details.put(SPACE, space.getKey());
        if (!reason.isEmpty()) {
          details.put(REASON, reason);
        }
        version =
            writer
                .events()
                .append(
                    EventRow.of(
                        namespace, type.getKey(), now, items(space.getValue(), rows), details));
      }
    }
    return version;
  }

  /** Only visible assets have embeddings. */
  private static List<EventItem> items(Set<Digest> assets, Map<Digest, AssetRow> rows) {
    List<EventItem> items = new ArrayList<>(assets.size());
    for (Digest asset : assets) {
      AssetRow row = requireNonNull(rows.get(asset), "an asset with an embedding is not visible");
      items.add(EventItem.of(asset, row.kind(), row.size()));
    }
    return items;
  }
}
