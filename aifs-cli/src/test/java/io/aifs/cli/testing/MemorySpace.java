package io.aifs.cli.testing;

import io.aifs.client.PathInfo;
import io.aifs.client.SearchRequest;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Association;
import io.aifs.core.model.AssociationName;
import io.aifs.core.model.AssociationType;
import io.aifs.core.model.EmbeddingName;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What one namespace holds: assets, the paths of branch main, and its other refs. */
final class MemorySpace {
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Asset(AssetInfo info, byte[] bytes, List<ParentEdge> parents) {}

  final Map<Digest, Asset> assets = new TreeMap<>();
  final TreeMap<TreePath, TreeEntry> paths = new TreeMap<>();
  final Map<Name, AssociationType> associationTypes = new TreeMap<>();
  final Map<AssociationName, Association> associations = new HashMap<>();
  final Map<Name, EmbeddingSpace> embeddingSpaces = new TreeMap<>();
  final Map<EmbeddingName, float[]> embeddings = new LinkedHashMap<>();

  /** Embeddings that nobody finds yet. */
  final Set<EmbeddingName> waiting = new LinkedHashSet<>();

  /** Whether each new embedding waits. */
  boolean reviews;

  boolean indexDropped;

  /** How it was searched. */
  final List<SearchRequest> searches = new ArrayList<>();

  final MemoryTimeline timeline;

  MemorySpace(Name name) {
    timeline = new MemoryTimeline(name, paths);
  }

  /** Returns whether the content is new. */
  boolean put(
      byte[] bytes, AssetKind kind, Map<String, String> metadata, List<ParentEdge> parents) {
    Digest id = Digest.of(bytes);
    AssetInfo info = new AssetInfo(id, kind, bytes.length, Instant.EPOCH, metadata);
    return assets.put(id, new Asset(info, bytes.clone(), parents)) == null;
  }

  Asset require(Digest id) {
    Asset asset = assets.get(id);
    if (asset == null) {
      throw new AifsException.NotFound(
          Reason.ASSET_NOT_FOUND, "asset " + id + " is not here", "look elsewhere");
    }
    return asset;
  }

  TreeEntry.File file(Digest id, FileAttributes attributes) {
    AssetInfo info = require(id).info();
    return new TreeEntry.File(id, info.kind(), info.size(), attributes);
  }

  /** What is at a path; a directory may be there only because something is below it. */
  Optional<TreeEntry> find(TreePath path) {
    return find(paths, path);
  }

  static Optional<TreeEntry> find(Map<TreePath, TreeEntry> paths, TreePath path) {
    if (path.isRoot()
        || (!paths.containsKey(path) && paths.keySet().stream().anyMatch(path::contains))) {
      return Optional.of(new TreeEntry.Directory(FileAttributes.PLAIN_DIRECTORY));
    }
    return Optional.ofNullable(paths.get(path));
  }

  TreeEntry require(TreePath path) {
    return find(path)
        .orElseThrow(
            () -> new AifsException.NotFound(Reason.PATH_NOT_FOUND, path + " is not here", ""));
  }

  List<PathInfo> below(TreePath directory) {
    return below(paths, directory);
  }

  static List<PathInfo> below(Map<TreePath, TreeEntry> paths, TreePath directory) {
    List<PathInfo> found = new ArrayList<>();
    paths.forEach(
        (path, entry) -> {
          if (directory.contains(path)) {
            found.add(new PathInfo(path, entry));
          }
        });
    return found;
  }

  static List<PathInfo> children(Map<TreePath, TreeEntry> paths, TreePath directory) {
    TreeMap<TreePath, PathInfo> found = new TreeMap<>();
    for (PathInfo info : below(paths, directory)) {
      TreePath child = info.path();
      while (!child.isRoot() && !child.parent().equals(directory)) {
        child = child.parent();
      }
      if (!child.equals(directory) && !child.isRoot()) {
        found.put(child, new PathInfo(child, find(paths, child).orElseThrow()));
      }
    }
    return List.copyOf(found.values());
  }
}
