package io.aifs.server.engine.search;

import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.vector.Hit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks hits up in the catalog, all of an answer at one instant: what it does not show is dropped,
 * whatever an index says. An asset whose part is gone is found by another part of it. Thread-safe.
 */
final class Recheck {
  /** Nearest first, and those equally near in order of their ids. */
  private static final Comparator<Checked> ORDER =
      Comparator.comparingDouble(Checked::score)
          .reversed()
          .thenComparing(checked -> checked.asset().id());

  private final Catalog catalog;
  private final StoredVectors vectors;

  Recheck(Catalog catalog, StoredVectors vectors) {
    this.catalog = catalog;
    this.vectors = vectors;
  }

  /** A hit that the catalog shows. */
  record Checked(AssetRow asset, String part, float score) {}

  /** An asset whose part is gone, with its embeddings that may be found. */
  private record Changed(AssetRow asset, List<EmbeddingRow> parts) {}

  private record Found(List<Checked> same, List<Changed> changed) {}

  /** Those of the hits that may be found, nearest first. */
  List<Checked> check(Sought sought, Target target, List<Hit> hits) {
    Found found = catalog.read(reader -> lookUp(reader, sought, target, hits));
    List<Checked> checked = new ArrayList<>(found.same());
    for (Changed changed : found.changed()) {
      nearestPart(sought, target, changed).ifPresent(checked::add);
    }
    checked.sort(ORDER);
    return List.copyOf(checked);
  }

  private Found lookUp(CatalogReader reader, Sought sought, Target target, List<Hit> hits) {
    long namespace = sought.namespace().number();
    Map<Digest, AssetRow> assets = assets(reader, sought, target, hits);
    List<Checked> same = new ArrayList<>();
    Set<Digest> others = new HashSet<>();
    for (Hit hit : hits) {
      Digest id = Assets.id(hit.asset());
      AssetRow asset = assets.remove(id); // once, should an index say it twice
      if (asset != null) {
        EmbeddingKey key = new EmbeddingKey(id, sought.spaceName(), hit.part());
        if (reader.embeddings().find(namespace, key).filter(sought::isLive).isEmpty()) {
          others.add(id);
          assets.put(id, asset);
        } else if (sought.isEnough(hit.score())) {
          same.add(new Checked(asset, hit.part(), hit.score()));
        }
      }
    }
    return new Found(same, changed(reader, sought, assets, others));
  }

  private static Map<Digest, AssetRow> assets(
      CatalogReader reader, Sought sought, Target target, List<Hit> hits) {
    Set<Digest> ids = new HashSet<>();
    hits.forEach(hit -> ids.add(Assets.id(hit.asset())));
    target.itself().ifPresent(ids::remove);
    Map<Digest, AssetRow> assets =
        new HashMap<>(reader.assets().findAll(sought.namespace().number(), ids));
    assets.values().removeIf(asset -> !sought.allows(asset));
    return assets;
  }

  private static List<Changed> changed(
      CatalogReader reader, Sought sought, Map<Digest, AssetRow> assets, Set<Digest> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    List<Changed> changed = new ArrayList<>();
    reader
        .embeddings()
        .ofAll(sought.namespace().number(), ids)
        .forEach(
            (id, rows) -> {
              List<EmbeddingRow> live = rows.stream().filter(sought::isLive).toList();
              AssetRow asset = assets.get(id);
              if (!live.isEmpty() && asset != null) {
                changed.add(new Changed(asset, live));
              }
            });
    return changed;
  }

  private Optional<Checked> nearestPart(Sought sought, Target target, Changed changed) {
    Map<Digest, float[]> read = vectors.read(sought.namespace(), changed.parts());
    List<Checked> parts = new ArrayList<>();
    for (EmbeddingRow row : changed.parts()) {
      float[] vector = read.get(row.content());
      if (vector != null) { // else it was removed meanwhile
        float score = sought.similarity().score(target.vector(), vector);
        parts.add(new Checked(changed.asset(), row.part(), score));
      }
    }
    return parts.stream()
        .filter(checked -> sought.isEnough(checked.score()))
        .max(Comparator.comparingDouble(Checked::score));
  }
}
