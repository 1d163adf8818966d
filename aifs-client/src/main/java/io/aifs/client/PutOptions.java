package io.aifs.client;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.TreePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a put says besides the bytes.
 *
 * @param embedding values of the asset's embedding; empty for none
 * @param target where it appears; empty leaves it unnamed
 */
@SuppressWarnings("ArrayRecordComponent") // a request, never compared
public record PutOptions(
    AssetKind kind,
    Map<String, String> metadata,
    List<ParentEdge> parents,
    float[] embedding,
    Optional<Target> target) {
  public PutOptions {
    metadata = Map.copyOf(metadata);
    parents = List.copyOf(parents);
  }

  /** A blob without metadata, lineage or path. */
  public static PutOptions blob() {
    return new PutOptions(AssetKind.BLOB, Map.of(), List.of(), new float[0], Optional.empty());
  }

  public PutOptions at(Name branch, TreePath path, FileAttributes attributes) {
    return new PutOptions(
        kind, metadata, parents, embedding, Optional.of(new Target(branch, path, attributes)));
  }

  /** A path of a branch. */
  public record Target(Name branch, TreePath path, FileAttributes attributes) {}
}
