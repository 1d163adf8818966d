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
import io.aifs.server.catalog.SpaceRow;
import io.aifs.server.engine.payload.PayloadMode;
import io.aifs.server.engine.payload.StagedVectors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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
 *
 * @param discreet for whoever may not know what is there: an asset that is, and would not become
 *     what is put, stays as it was, and nothing says so
 */
public record AssetCommit(
    long namespace,
    Name branch,
    List<StagedAsset> assets,
    List<PathEntry> paths,
    Instant now,
    AssetRules rules,
    boolean discreet) {

  /** What became visible: the version that shows it, and which assets were not there before. */
  public record Outcome(long version, Set<Digest> born) {
    /** Of what is staged only. */
    public static final Outcome STAGED = new Outcome(0, Set.of());
  }

  Outcome applyTo(CatalogWriter writer) {
    long sequence = writer.events().next();
    AssetRules.Rule rule = rules.now(writer, namespace);
    Map<Digest, AssetRow> before = existing(writer);
    Map<Digest, AssetRow> rows = new HashMap<>(before);
    Map<Digest, AssetRow> changed = new LinkedHashMap<>();
    Set<Digest> born = new LinkedHashSet<>();
    Set<Digest> newlyNamed = newlyNamed();
    Map<Digest, Map<String, String>> replaced = new LinkedHashMap<>();
    boolean damaged = !before.isEmpty() && !writer.damage().packs().isEmpty();
    for (StagedAsset asset : assets) {
      AssetRow old = rows.get(asset.id());
      rule.require(asset.facts(asset.metadata()), () -> pathOf(asset));
      requirePayload(rule, asset);
      Optional<AssetRow> row;
      if (old == null) {
        born.add(asset.id());
        row = Optional.of(newRow(asset, sequence, newlyNamed));
      } else {
        row = merged(old, asset, rule, damaged);
        Map<String, String> lost = Metadata.replaced(old.metadata(), asset.metadata());
        if (row.isPresent() && !lost.isEmpty()) {
          replaced.computeIfAbsent(asset.id(), _ -> new HashMap<>()).putAll(lost);
        }
      }
      row.ifPresent(
          value -> {
            changed.put(asset.id(), value);
            rows.put(asset.id(), value);
          });
    }
    requireRoom(writer, rule.quota(), born, rows);
    writer.assets().putAll(namespace, changed.values());
    List<AssetRow> rejoining = rejoining(rows, changed);
    boolean joined = writer.assets().joinUnnamed(namespace, rejoining);
    boolean edges = addLineage(writer, rows);
    Set<Digest> updated = new LinkedHashSet<>(changed.keySet());
    if (joined) {
      rejoining.forEach(row -> updated.add(row.id()));
    }
    EmbeddingCommit embeddings = new EmbeddingCommit(writer, namespace, rule.embeddings(), now);
    updated.addAll(
        embed(writer, embeddings, rows)); // collection learns from the event what is needed now
    List<PathEntry> named = discreet ? ofTheirKinds(rows) : paths;
    var _ = writer.tree().putAll(namespace, branch, named);
    updated.removeAll(born);
    if (updated.isEmpty() && edges && born.isEmpty()) {
      assets.forEach(asset -> updated.add(asset.id()));
    }
    Set<Digest> ordered = ParentsFirst.order(born, assets);
    PutEvents events = new PutEvents(namespace, branch, rows, now);
    long version = events.append(writer, ordered, updated, replaced, named);
    for (SpaceRow space : embeddings.made()) {
      version = EmbeddingSpaces.tell(writer, namespace, space);
    }
    return new Outcome(version, born);
  }

  /** Refuses what nobody looked at, or what is not what it must be, if that counts by now. */
  private void requirePayload(AssetRules.Rule rule, StagedAsset asset) {
    if (rule.payload().filter(mode -> mode == PayloadMode.STRICT).isPresent()
        && !asset.payload().valid()) {
      throw PayloadMark.refusal(pathOf(asset), asset.kind(), asset.payload());
    }
  }

  /** Puts the embeddings that came with assets; returns the assets for which that is new. */
  private List<Digest> embed(
      CatalogWriter writer, EmbeddingCommit embeddings, Map<Digest, AssetRow> rows) {
    PayloadEmbedding payloads = new PayloadEmbedding(writer, namespace, embeddings, discreet);
    List<Digest> changed = new ArrayList<>();
    for (StagedAsset asset : assets) {
      boolean any =
          asset
              .embedding()
              .map(embeddings::putFirst)
              .filter(EmbeddingCommit.Outcome::changed)
              .isPresent();
      Optional<StagedVectors> vectors = asset.payload().vectors();
      if (vectors.isPresent() && requireNonNull(rows.get(asset.id())).kind() == AssetKind.EMBED) {
        any |= payloads.embed(asset.id(), vectors.get());
      }
      if (any) {
        changed.add(asset.id());
      }
    }
    return changed;
  }

  private void requireRoom(
      CatalogWriter writer, StorageQuota quota, Set<Digest> born, Map<Digest, AssetRow> rows) {
    if (!quota.isNone() && !born.isEmpty()) {
      long bytes = born.stream().mapToLong(id -> requireNonNull(rows.get(id)).size()).sum();
      quota.requireRoom(writer.assets().totals(namespace), born.size(), bytes);
    }
  }

  /** A path that names it, to call it by; empty if none does. */
  private String pathOf(StagedAsset asset) {
    return paths.stream()
        .filter(
            path -> path.entry() instanceof TreeEntry.File file && file.asset().equals(asset.id()))
        .findFirst()
        .map(path -> path.path().value())
        .orElse("");
  }

  /** The assets that paths name from now on. */
  private Set<Digest> newlyNamed() {
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
        PayloadMark.on(asset.kind(), asset.metadata(), asset.payload(), Map.of()));
  }

  /** The row after a re-put that the rules allow; empty if nothing changes. */
  private Optional<AssetRow> merged(
      AssetRow old, StagedAsset asset, AssetRules.Rule rule, boolean damaged) {
    try {
      Optional<AssetRow> row = merged(old, asset, damaged);
      row.ifPresent(value -> rule.require(asset.facts(value.metadata()), () -> pathOf(asset)));
      return row;
    } catch (AifsException.Precondition | AifsException.InvalidRequest e) {
      if (discreet) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The paths, of assets that stayed as they were with the kinds that these have. */
  private List<PathEntry> ofTheirKinds(Map<Digest, AssetRow> rows) {
    return paths.stream().map(path -> ofItsKind(path, rows)).toList();
  }

  private static PathEntry ofItsKind(PathEntry path, Map<Digest, AssetRow> rows) {
    return path.entry() instanceof TreeEntry.File file && rows.containsKey(file.asset())
        ? new PathEntry(
            path.path(),
            new TreeEntry.File(
                file.asset(),
                requireNonNull(rows.get(file.asset())).kind(),
                file.size(),
                file.attributes()))
        : path;
  }

  /**
   * The row after a re-put; empty if nothing changes.
   *
   * @param damaged whether damage is known: then the chunks that came now are those to read, as
   *     they may be cut in another way than those that were there
   */
  private static Optional<AssetRow> merged(AssetRow old, StagedAsset asset, boolean damaged) {
    byte[] manifest = damaged ? asset.manifest() : old.manifest();
    AssetKind kind = mergedKind(old, asset);
    Map<String, String> plain =
        Metadata.united(PayloadMark.without(old.metadata()), asset.metadata());
    Map<String, String> metadata = PayloadMark.on(kind, plain, asset.payload(), old.metadata());
    boolean unnamed = old.unnamed() || asset.unnamed();
    if (kind == old.kind()
        && unnamed == old.unnamed()
        && metadata.equals(old.metadata())
        && Arrays.equals(manifest, old.manifest())) {
      return Optional.empty();
    }
    Metadata.requireValid(plain);
    return Optional.of(
        new AssetRow(
            old.id(),
            kind,
            old.size(),
            old.createdAt(),
            old.bornAt(),
            unnamed,
            old.named(),
            manifest,
            metadata));
  }

  private static AssetKind mergedKind(AssetRow old, StagedAsset asset) {
    if (old.kind() != asset.kind() && old.kind() != AssetKind.BLOB) {
      throw new AifsException.Precondition(
          Reason.KIND_CHANGE,
          "asset " + old.id() + " is a " + old.kind() + " and cannot become a " + asset.kind(),
          "put it with kind " + old.kind());
    }
    if (old.kind() != asset.kind() && !asset.payload().valid()) {
      throw PayloadMark.refusal("", asset.kind(), asset.payload());
    }
    return asset.kind();
  }

  private boolean addLineage(CatalogWriter writer, Map<Digest, AssetRow> rows) {
    Map<Digest, List<ParentEdge>> edges = new LinkedHashMap<>();
    for (StagedAsset asset : assets) {
      if (!asset.parents().isEmpty()) {
        requireVisible(writer, rows, asset.parents());
        edges.computeIfAbsent(asset.id(), _ -> new ArrayList<>()).addAll(asset.parents());
      }
    }
    if (edges.isEmpty()) {
      return false;
    }
    LineageRules.requireAcyclic(writer.lineage(), namespace, edges);
    boolean any = false;
    for (Map.Entry<Digest, List<ParentEdge>> child : edges.entrySet()) {
      LineageRules.requireFits(
          child.getKey(), writer.assets().parents(namespace, child.getKey()), child.getValue());
      any |= writer.assets().addParents(namespace, child.getKey(), child.getValue(), now) > 0;
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
}
