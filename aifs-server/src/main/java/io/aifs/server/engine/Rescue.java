package io.aifs.server.engine;

import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CondemnedPack;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.tree.LiveRoots;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shows condemned records again that something needs and has no other copy of. */
final class Rescue {
  private static final int EVENTS_AT_A_TIME = 256;

  private final CollectedDomain domain;
  private final CollectionTally tally;

  Rescue(CollectedDomain domain, CollectionTally tally) {
    this.domain = domain;
    this.tally = tally;
  }

  /**
   * Rescues what the assets need that became visible, or changed, after an event; and what trees
   * need, for those have no events.
   */
  void since(long sequence) throws IOException {
    AssetNeeds needs = new AssetNeeds(domain.chunks(), this::rescue);
    for (NamespaceRow namespace : domain.namespaces()) {
      long after = sequence;
      Changed changed = changed(namespace, after);
      while (changed.last() > after) {
        for (AssetRow row : changed.rows()) {
          needs.add(
              row.id(),
              row.size(),
              row.manifest(),
              changed.embeddings().getOrDefault(row.id(), List.of()));
        }
        after = changed.last();
        changed = changed(namespace, after);
      }
    }
    needs.flush();
    TreeNeeds trees = new TreeNeeds(domain.chunks(), this::rescue);
    for (NamespaceRow namespace : domain.namespaces()) {
      trees.add(domain.catalog().read(reader -> LiveRoots.of(reader, namespace.number()).all()));
    }
  }

  /** Rescues records. */
  void rescue(RecordType type, Collection<Digest> digests) throws IOException {
    Map<PackId, int[]> shown = domain.collector().rescue(type, digests);
    if (!shown.isEmpty()) {
      int count =
          domain
              .catalog()
              .write(
                  writer -> {
                    int changed = 0;
                    for (Map.Entry<PackId, int[]> places : shown.entrySet()) {
                      for (CondemnedPack condemned :
                          writer.collection().condemned(places.getKey())) {
                        writer.collection().condemn(without(condemned, places.getValue()));
                      }
                      changed += places.getValue().length;
                    }
                    return changed;
                  });
      tally.rescuedRecords += count;
    }
  }

  private static CondemnedPack without(CondemnedPack condemned, int[] shown) {
    int[] kept =
        Arrays.stream(condemned.offsets())
            .filter(offset -> Arrays.binarySearch(shown, offset) < 0)
            .toArray();
    return new CondemnedPack(
        condemned.pack(),
        condemned.run(),
        condemned.bytes() * kept.length / condemned.offsets().length,
        kept);
  }

  /** The assets of some events that are visible, and the last of these events. */
  private record Changed(
      long last, Collection<AssetRow> rows, Map<Digest, List<EmbeddingRow>> embeddings) {}

  private Changed changed(NamespaceRow namespace, long after) {
    return domain.catalog().read(reader -> changed(reader, namespace.number(), after));
  }

  private static Changed changed(CatalogReader reader, long namespace, long after) {
    List<EventRow> events = reader.events().after(namespace, after, EVENTS_AT_A_TIME);
    Set<Digest> ids = new LinkedHashSet<>();
    events.forEach(event -> ids.addAll(event.assets()));
    Map<Digest, AssetRow> rows = reader.assets().findAll(namespace, ids);
    Map<Digest, List<EmbeddingRow>> embeddings = new LinkedHashMap<>();
    for (Digest id : rows.keySet()) {
      List<EmbeddingRow> of = reader.assets().embeddings(namespace, id);
      if (!of.isEmpty()) {
        embeddings.put(id, of);
      }
    }
    return new Changed(
        events.isEmpty() ? after : events.getLast().sequence(),
        new ArrayList<>(rows.values()),
        embeddings);
  }
}
