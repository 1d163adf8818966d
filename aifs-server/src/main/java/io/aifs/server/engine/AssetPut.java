package io.aifs.server.engine;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.NamespaceRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Assets whose content is stored, and the paths of a branch that shall name them, or others. */
public record AssetPut(Name branch, List<StagedAsset> assets, List<PutEntry> paths) {
  public AssetPut {
    requireNonNull(branch, "branch is null");
    assets = List.copyOf(assets);
    paths = List.copyOf(paths);
  }

  /** Vectors that come with the assets' content. */
  public long vectors() {
    return assets.stream()
        .flatMap(asset -> asset.payload().vectors().stream())
        .mapToLong(vectors -> vectors.vectors().size())
        .sum();
  }

  /**
   * Makes all of it visible, in a catalog write that has recorded the packs.
   *
   * @param discreet as of {@link AssetCommit}
   * @throws io.aifs.core.AifsException.NotFound if an asset named as known is not there, or no such
   *     branch
   * @throws io.aifs.core.AifsException.Precondition if a path does not fit what is there, or the
   *     rules do not allow an asset
   */
  public AssetCommit.Outcome applyTo(
      CatalogWriter writer,
      NamespaceRow namespace,
      AssetRules rules,
      boolean discreet,
      Instant now) {
    TreeService.requireBranch(writer, namespace, branch);
    List<PathEntry> entries = new ArrayList<>(paths.size());
    for (PutEntry path : paths) {
      entries.add(path.known() ? resolved(writer, namespace, path.entry()) : path.entry());
    }
    new PathRules(writer.tree(), namespace.number(), branch).requireFits(entries);
    return new AssetCommit(namespace.number(), branch, assets, entries, now, rules, discreet)
        .applyTo(writer);
  }

  private static PathEntry resolved(CatalogReader reader, NamespaceRow namespace, PathEntry path) {
    if (!(path.entry() instanceof TreeEntry.File file)) {
      return path;
    }
    AssetRow row = AssetService.requireRow(reader, namespace, file.asset());
    return new PathEntry(
        path.path(), new TreeEntry.File(row.id(), row.kind(), row.size(), file.attributes()));
  }
}
