package io.aifs.server.engine;

import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.NamespaceRow;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Goes through the visible assets of a namespace in order of id, a page at a time. */
record AssetSweep(Catalog catalog, NamespaceRow namespace) {
  private static final int ROWS_AT_A_TIME = 1_000;

  void each(Consumer<AssetRow> visitor) {
    Optional<Digest> after = Optional.empty();
    while (true) {
      Optional<Digest> from = after;
      List<AssetRow> rows =
          catalog.read(
              reader -> reader.assets().listById(namespace.number(), from, ROWS_AT_A_TIME));
      rows.forEach(visitor);
      if (rows.size() < ROWS_AT_A_TIME) {
        return;
      }
      after = Optional.of(rows.getLast().id());
    }
  }
}
