package io.aifs.client.bundle;

import io.aifs.client.Assets;
import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which of the planned assets the store has. It is only asked if that is likely: all has to be
 * digested for it.
 */
record KnownAssets(Map<TreePath, Digest> ids, Map<Digest, AssetInfo> there) {
  static final KnownAssets NONE = new KnownAssets(Map.of(), Map.of());

  private static final int BUFFER_BYTES = 256 << 10;

  static KnownAssets of(Assets assets, ImportPlan plan) throws IOException {
    Map<TreePath, Digest> ids = new HashMap<>();
    if (plan.main().isPresent()) {
      ids.put(plan.main().get().path(), digest(plan.main().get()));
    }
    for (PlannedAsset tensor : plan.tensors()) {
      ids.put(tensor.path(), digest(tensor));
    }
    return new KnownAssets(ids, assets.statAll(ids.values()));
  }

  private static Digest digest(PlannedAsset asset) throws IOException {
    Hasher hasher = Hasher.digestOnly();
    byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, Math.max(1, asset.bytes()))];
    try (InputStream in = asset.content().open()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        hasher.update(buffer, 0, count);
      }
    }
    return hasher.finish();
  }

  /** The id that the asset will have, if it was looked at. */
  Optional<Digest> id(PlannedAsset asset) {
    return Optional.ofNullable(ids.get(asset.path()));
  }

  /** Whether the store has the asset, and all that is to be said of it. */
  boolean has(PlannedAsset asset) {
    return id(asset)
        .flatMap(id -> Optional.ofNullable(there.get(id)))
        .filter(info -> info.kind() == asset.kind())
        .filter(info -> info.metadata().entrySet().containsAll(asset.metadata().entrySet()))
        .isPresent();
  }
}
