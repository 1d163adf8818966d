package io.aifs.server.engine;

import static java.util.Objects.requireNonNull;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EventRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What makes assets, their lineage, their paths and the event visible together, in a catalog write
 * that has recorded the packs they lie in. Holds inputs only, so that the catalog may run it more
 * than once.
 */
record AssetCommit(
    long namespace, Name branch, List<StagedAsset> assets, List<PathEntry> paths, Instant now) {

  /** What became visible: the version that shows it, and which assets were not there before. */
  record Outcome(long version, Set<Digest> born) {}

  Outcome applyTo(CatalogWriter writer) {
    long sequence = writer.events().next();
    Map<Digest, AssetRow> before = existing(writer);
    Map<Digest, AssetRow> rows = new HashMap<>(before);
    Map<Digest, AssetRow> changed = new LinkedHashMap<>();
    Set<Digest> born = new LinkedHashSet<>();
    Set<Digest> named = named();
    Map<String, String> replaced = new HashMap<>();
    for (StagedAsset asset : assets) {
      AssetRow old = rows.get(asset.id());
      Optional<AssetRow> row;
      if (old == null) {
        born.add(asset.id());
        row = Optional.of(newRow(asset, sequence, named));
      } else {
        replaced.putAll(Metadata.replaced(old.metadata(), asset.metadata()));
        row = merged(old, asset);
      }
      row.ifPresent(
          value -> {
            changed.put(asset.id(), value);
            rows.put(asset.id(), value);
          });
    }
    writer.assets().putAll(namespace, changed.values());
    writer.assets().joinUnnamed(namespace, rejoining(rows, changed));
    boolean edges = addLineage(writer, rows, born);
    Set<Digest> updated = new LinkedHashSet<>(changed.keySet());
    for (StagedAsset asset : assets) {
      asset
          .embedding()
          .filter(row -> !writer.assets().embeddings(namespace, asset.id()).contains(row))
          .ifPresent(
              row -> {
                writer.assets().putEmbedding(namespace, row);
                updated.add(asset.id()); // collection learns from the event what is needed now
              });
    }
    int newPaths = writer.tree().putAll(namespace, branch, paths);
    updated.removeAll(born);
    return new Outcome(appendEvents(writer, born, updated, edges, replaced, newPaths), born);
  }

  /** The assets that paths name from now on. */
  private Set<Digest> named() {
    return paths.stream()
        .map(PathEntry::entry)
        .filter(TreeEntry.File.class::isInstance)
        .map(entry -> ((TreeEntry.File) entry).asset())
        .collect(Collectors.toSet());
  }

  /** Assets put without a path again: since they were, the branch may have moved. */
  private List<AssetRow> rejoining(Map<Digest, AssetRow> rows, Map<Digest, AssetRow> changed) {
    return assets.stream()
        .filter(asset -> asset.unnamed() && !changed.containsKey(asset.id()))
        .map(asset -> requireNonNull(rows.get(asset.id())))
        .toList();
  }

  private Map<Digest, AssetRow> existing(CatalogWriter writer) {
    Set<Digest> ids = assets.stream().map(StagedAsset::id).collect(Collectors.toSet());
    return writer.assets().findAll(namespace, ids);
  }

  private AssetRow newRow(StagedAsset asset, long sequence, Set<Digest> named) {
    return new AssetRow(
        asset.id(),
        asset.kind(),
        asset.size(),
        now,
        sequence,
        asset.unnamed(),
        named.contains(asset.id()),
        asset.manifest(),
        asset.metadata());
  }

  /** The row after a re-put; empty if nothing changes. */
  private static Optional<AssetRow> merged(AssetRow old, StagedAsset asset) {
    AssetKind kind = mergedKind(old, asset);
    Map<String, String> metadata = Metadata.united(old.metadata(), asset.metadata());
    boolean unnamed = old.unnamed() || asset.unnamed();
    if (kind == old.kind() && unnamed == old.unnamed() && metadata.equals(old.metadata())) {
      return Optional.empty();
    }
    Metadata.requireValid(metadata);
    return Optional.of(
        new AssetRow(
            old.id(),
            kind,
            old.size(),
            old.createdAt(),
            old.bornAt(),
            unnamed,
            old.named(),
            old.manifest(),
            metadata));
  }

  private static AssetKind mergedKind(AssetRow old, StagedAsset asset) {
    if (old.kind() != asset.kind() && old.kind() != AssetKind.BLOB) {
      throw new AifsException.Precondition(
          Reason.KIND_CHANGE,
          "asset " + old.id() + " is a " + old.kind() + " and cannot become a " + asset.kind(),
          "put it with kind " + old.kind());
    }
    return asset.kind();
  }

  private boolean addLineage(CatalogWriter writer, Map<Digest, AssetRow> rows, Set<Digest> born) {
    boolean any = false;
    for (StagedAsset asset : assets) {
      if (asset.parents().isEmpty()) {
        continue;
      }
      requireVisible(writer, rows, asset.parents());
      LineageRules.requireAcyclic(
          writer.assets(), namespace, asset.id(), asset.parents(), !born.contains(asset.id()));
      List<ParentEdge> known = writer.assets().parents(namespace, asset.id());
      any |= !known.containsAll(asset.parents());
      writer.assets().addParents(namespace, asset.id(), asset.parents());
    }
    return any;
  }

  private void requireVisible(
      CatalogWriter writer, Map<Digest, AssetRow> rows, List<ParentEdge> parents) {
    Set<Digest> unknown =
        parents.stream()
            .map(ParentEdge::parent)
            .filter(parent -> !rows.containsKey(parent))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    unknown.removeAll(writer.assets().findAll(namespace, unknown).keySet());
    if (!unknown.isEmpty()) {
      throw new AifsException.Precondition(
          Reason.PARENT_NOT_FOUND,
          "parent asset " + unknown.iterator().next() + " is not in this namespace",
          "put the parent first, then the asset made from it");
    }
  }

  private long appendEvents(
      CatalogWriter writer,
      Set<Digest> born,
      Set<Digest> updated,
      boolean edges,
      Map<String, String> replaced,
      int newPaths) {
    List<EventRow> events = new ArrayList<>();
    if (!born.isEmpty()) {
      events.add(event("asset.put", List.copyOf(born), Map.of()));
    }
    if (!updated.isEmpty() || (edges && born.isEmpty())) {
      List<Digest> ids =
          updated.isEmpty() ? assets.stream().map(StagedAsset::id).toList() : List.copyOf(updated);
      events.add(event("asset.update", ids, replaced));
    }
    if (born.isEmpty() && !paths.isEmpty()) {
      events.add(
          event(
              "tree.put",
              List.of(),
              Map.of(
                  "branch", branch.value(),
                  "first_path", paths.getFirst().path().value(),
                  "new_paths", Integer.toString(newPaths))));
    }
    long version = writer.events().newest();
    for (EventRow event : events) {
      version = writer.events().append(event);
    }
    return version;
  }

  private EventRow event(String type, List<Digest> ids, Map<String, String> details) {
    return new EventRow(0, namespace, type, now, ids, details);
  }
}
