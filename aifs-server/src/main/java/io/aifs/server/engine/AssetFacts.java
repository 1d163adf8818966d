package io.aifs.server.engine;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.AssetKind;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What rules may ask of an asset.
 *
 * @param bytes of content; empty while they are not all there
 * @param metadata that of whoever put it, without the store's own
 * @param parents how many it names
 */
public record AssetFacts(
    AssetKind kind, OptionalLong bytes, Map<String, String> metadata, int parents) {
  public AssetFacts {
    requireNonNull(kind, "kind is null");
    metadata = PayloadMark.without(metadata);
  }
}
