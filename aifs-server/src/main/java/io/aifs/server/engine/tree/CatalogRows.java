package io.aifs.server.engine.tree;

import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.layer.LayerRow;
import io.aifs.server.catalog.layer.LayerRows;
import java.util.List;
import java.util.Optional;

/** The rows of an overlay that changes no more, each read in a catalog read of its own. */
record CatalogRows(Catalog catalog, long layer) implements LayerRows {
  @Override
  public Optional<LayerRow> find(byte[] key) {
    return catalog.read(reader -> reader.working().find(layer, key));
  }

  @Override
  public Optional<LayerRow> longest(List<byte[]> keys) {
    return catalog.read(
        reader ->
            keys.reversed().stream()
                .flatMap(key -> reader.working().find(layer, key).stream())
                .findFirst());
  }

  @Override
  public List<LayerRow> list(byte[] first, byte[] end, int limit) {
    return catalog.read(reader -> reader.working().rows(layer, first, end, limit));
  }
}
