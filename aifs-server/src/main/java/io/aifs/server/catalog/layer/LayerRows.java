package io.aifs.server.catalog.layer;

import java.util.List;
import java.util.Optional;

/** The rows of one overlay. */
public interface LayerRows {
  Optional<LayerRow> find(byte[] key);

  /** The one with the longest of these keys that there is; {@code keys} become longer. */
  Optional<LayerRow> longest(List<byte[]> keys);

  /** In order of key, from {@code first} up to, not including, {@code end}. */
  List<LayerRow> list(byte[] first, byte[] end, int limit);
}
