package io.aifs.server.engine;

import static java.util.Objects.requireNonNull;

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
 * @param embedding little-endian float32 values; empty for none
 * @param placement where it appears; without one it joins the unnamed part of branch {@code main}
 */
@SuppressWarnings("ArrayRecordComponent") // a request, never compared
public record PutHeader(
    AssetKind kind,
    Map<String, String> metadata,
    List<ParentEdge> parents,
    byte[] embedding,
    Optional<Placement> placement) {
  public PutHeader {
    requireNonNull(kind, "kind is null");
    metadata = Map.copyOf(metadata);
    parents = List.copyOf(parents);
  }

  /** The space of the embedding, which is named by its dimension. */
  String embeddingSpace() {
    return Integer.toString(embedding.length / Float.BYTES);
  }

  /** A path of a branch. */
  public record Placement(Name branch, TreePath path, FileAttributes attributes) {}
}
