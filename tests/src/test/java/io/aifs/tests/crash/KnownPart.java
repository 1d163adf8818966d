package io.aifs.tests.crash;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.PathInfo;
import io.aifs.client.ReadTarget;
import io.aifs.core.address.Ref;
import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What one thread of a storm knows of the assets and paths that are its own: what was acknowledged,
 * and what the call in progress was about, which may be done or not. Not thread-safe.
 */
final class KnownPart {
  private final String directory;
  private final Map<Digest, Long> seeds = new LinkedHashMap<>();
  private final Set<Digest> assets = new LinkedHashSet<>();
  private final Set<Digest> gone = new LinkedHashSet<>();
  private final Map<TreePath, Digest> paths = new LinkedHashMap<>();
  private final Set<Digest> unsureAssets = new LinkedHashSet<>();
  private final Map<TreePath, Digest> unsurePaths = new LinkedHashMap<>();
  private int pathsMade;

  KnownPart(String directory) {
    this.directory = directory;
  }

  Set<Digest> assets() {
    return assets;
  }

  Map<TreePath, Digest> paths() {
    return paths;
  }

  TreePath newPath() {
    return new TreePath(directory + "/" + pathsMade++);
  }

  Digest anyAsset(SplittableRandom random) {
    return List.copyOf(assets).get(random.nextInt(assets.size()));
  }

  TreePath anyPath(SplittableRandom random) {
    return List.copyOf(paths.keySet()).get(random.nextInt(paths.size()));
  }

  void unsure(Digest asset, long seed) {
    seeds.put(asset, seed);
    unsure(asset);
  }

  /** It may be deleted, and its paths with it. */
  void unsure(Digest asset) {
    unsureAssets.add(asset);
    assets.remove(asset);
    for (TreePath path : pathsOf(asset)) {
      unsure(path, asset);
    }
  }

  void unsure(TreePath path, Digest asset) {
    unsurePaths.put(path, asset);
    paths.remove(path);
  }

  Digest unsure(TreePath from, TreePath to) {
    Digest asset = requireNonNull(paths.get(from));
    unsure(from, asset);
    unsure(to, asset);
    return asset;
  }

  private List<TreePath> pathsOf(Digest asset) {
    List<TreePath> found = new ArrayList<>();
    paths.forEach(
        (path, named) -> {
          if (named.equals(asset)) {
            found.add(path);
          }
        });
    return found;
  }

  void stored(Digest asset, long seed) {
    seeds.put(asset, seed);
    unsureAssets.remove(asset);
    assets.add(asset);
  }

  void placed(TreePath path, Digest asset) {
    unsurePaths.remove(path);
    paths.put(path, asset);
  }

  void deleted(Digest asset) {
    unsureAssets.remove(asset);
    gone.add(asset);
    unsurePaths.values().removeIf(asset::equals);
  }

  void moved(TreePath from, TreePath to, Digest asset) {
    unsurePaths.remove(from);
    placed(to, asset);
  }

  /** Compares with what is there, and takes over what the unsure ones turned out to be. */
  void requireIn(AifsClient client) {
    assets.forEach(asset -> requireReadable(client, asset));
    Map<Digest, AssetInfo> unsure = client.assets().statAll(unsureAssets);
    unsure.keySet().forEach(asset -> requireReadable(client, asset));
    assertThat(client.assets().statAll(gone)).as("deleted before the kill").isEmpty();
    Map<TreePath, PathInfo> named = client.tree().stat(Ref.MAIN, paths.keySet());
    paths.forEach(
        (path, asset) ->
            assertThat(assetAt(named, path)).as(path.value()).isEqualTo(Optional.of(asset)));
    Map<TreePath, PathInfo> maybe = client.tree().stat(Ref.MAIN, unsurePaths.keySet());
    unsurePaths.forEach((path, asset) -> takeOver(path, asset, assetAt(maybe, path)));
    assets.addAll(unsure.keySet());
    unsureAssets.clear();
    unsurePaths.clear();
  }

  private void takeOver(TreePath path, Digest asset, Optional<Digest> there) {
    if (there.isPresent()) {
      assertThat(there).as(path.value()).contains(asset);
      paths.put(path, asset);
    }
  }

  private static Optional<Digest> assetAt(Map<TreePath, PathInfo> infos, TreePath path) {
    return Optional.ofNullable(infos.get(path))
        .map(PathInfo::entry)
        .map(entry -> ((TreeEntry.File) entry).asset());
  }

  private void requireReadable(AifsClient client, Digest asset) {
    try (InputStream in = client.assets().read(new ReadTarget.ById(asset), 0, Optional.empty())) {
      assertThat(in.readAllBytes())
          .as("an asset that survived a kill")
          .isEqualTo(ChangeStorm.content(requireNonNull(seeds.get(asset))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
