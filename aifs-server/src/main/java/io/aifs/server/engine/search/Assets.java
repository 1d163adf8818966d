package io.aifs.server.engine.search;

import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.engine.Instants;
import io.aifs.vector.AssetKey;
import io.aifs.vector.Facts;

/** Assets as indexes know them. */
final class Assets {
  private Assets() {}

  static AssetKey key(Digest id) {
    return AssetKey.of(id.toBytes());
  }

  static Digest id(AssetKey key) {
    return Digest.fromBytes(key.toBytes());
  }

  static Facts facts(AssetRow row) {
    return new Facts(
        row.kind().code(), row.size(), Instants.toMicros(row.createdAt()), row.metadata());
  }
}
