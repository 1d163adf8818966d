package io.aifs.server.engine;

import io.aifs.core.Limits;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetPaths;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reports the damaged assets of a namespace with all paths that name them. These are looked up for
 * many assets at once, as that means going through the tree. Not thread-safe.
 */
final class DamagedAssets implements AutoCloseable {
  private static final int PATHS_MAX = 100;
  private static final int ASSETS_AT_A_TIME = Limits.BATCH_ENTRIES_MAX;
  private static final String HINT =
      "put the same content again, which heals it, or restore it from its source; everything else"
          + " still reads";

  private final Catalog catalog;
  private final NamespaceRow namespace;
  private final PackTouches touches;
  private final CheckRun run;
  private final List<DamagedAsset> waiting = new ArrayList<>();

  DamagedAssets(Catalog catalog, NamespaceRow namespace, PackTouches touches, CheckRun run) {
    this.catalog = catalog;
    this.namespace = namespace;
    this.touches = touches;
    this.run = run;
  }

  void add(DamagedAsset asset) {
    waiting.add(asset);
    if (waiting.size() == ASSETS_AT_A_TIME) {
      report();
    }
  }

  /** Reports those that wait. */
  @Override
  public void close() {
    report();
  }

  private void report() {
    if (waiting.isEmpty()) {
      return;
    }
    Set<Digest> ids = waiting.stream().map(DamagedAsset::id).collect(Collectors.toSet());
    Map<Digest, AssetPaths> paths =
        catalog.read(reader -> reader.tree().pathsOf(namespace.number(), ids, PATHS_MAX));
    for (DamagedAsset asset : waiting) {
      Touched touched = touched(asset.id(), paths.getOrDefault(asset.id(), AssetPaths.NONE));
      touches.add(asset, touched);
      run.report(
          new Finding(Severity.DAMAGE, asset.code(), asset.message(), HINT).touching(touched));
    }
    waiting.clear();
  }

  private Touched touched(Digest id, AssetPaths paths) {
    return new Touched(
        List.of(id.hex()),
        0,
        paths.some().stream()
            .map(
                place ->
                    "aifs://%s/%s/%s"
                        .formatted(
                            namespace.name().value(), place.branch().value(), place.path().value()))
            .toList(),
        paths.count() - paths.some().size());
  }
}
