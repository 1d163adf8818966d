package io.aifs.server.catalog.sqlite;

import io.aifs.crypto.Digest;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Marks assets as named by a path, in the order of the asset table. The mark stays for good. */
final class NamedAssets {
  private final Session session;
  private final long namespace;
  private final Set<Digest> named = new TreeSet<>();

  NamedAssets(Session session, long namespace) {
    this.session = session;
    this.namespace = namespace;
  }

  void add(Digest asset) {
    named.add(asset);
  }

  /**
   * @throws IllegalStateException if one is not visible
   */
  void apply() {
    for (Digest asset : named) {
      Optional<Long> marked =
          session.first(
              "SELECT path_count FROM asset WHERE namespace = ? AND id = ?",
              row -> row.integer(1),
              namespace,
              asset.toBytes());
      if (marked.isEmpty()) {
        throw new IllegalStateException("a path names an asset that is not visible: " + asset);
      }
      if (marked.get() == 0) {
        session.update(
            "UPDATE asset SET path_count = 1 WHERE namespace = ? AND id = ?",
            namespace,
            asset.toBytes());
      }
    }
  }
}
