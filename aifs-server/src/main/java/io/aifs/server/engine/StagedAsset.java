package io.aifs.server.engine;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.server.engine.payload.PayloadFinding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An asset whose chunks are stored, ready for the catalog.
 *
 * @param manifest as {@link io.aifs.server.catalog.AssetRow#manifest}
 * @param unnamed whether it joins the unnamed part of branch {@code main}
 * @param payload what is known of its content
 */
@SuppressWarnings("ArrayRecordComponent") // a blob on its way to the catalog; never compared
public record StagedAsset(
    Digest id,
    AssetKind kind,
    long size,
    byte[] manifest,
    Map<String, String> metadata,
    List<ParentEdge> parents,
    Optional<StagedEmbedding> embedding,
    boolean unnamed,
    PayloadFinding payload) {
  public StagedAsset {
    requireNonNull(id, "id is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(payload, "payload is null");
    metadata = Map.copyOf(metadata);
    parents = List.copyOf(parents);
  }

  /** The same with what was found out about its content. */
  StagedAsset with(PayloadFinding finding) {
    return new StagedAsset(
        id, kind, size, manifest, metadata, parents, embedding, unnamed, finding);
  }

  /** What rules may ask of it, with this metadata. */
  AssetFacts facts(Map<String, String> itsMetadata) {
    return new AssetFacts(kind, OptionalLong.of(size), itsMetadata, parents.size());
  }
}
