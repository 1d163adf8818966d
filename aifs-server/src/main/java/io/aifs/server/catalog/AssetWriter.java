package io.aifs.server.catalog;

import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import java.util.Collection;

/** Changes assets. Rules (cycles, kinds, references) are the engine's; this only stores. */
public interface AssetWriter extends AssetReader {
  /**
   * Inserts rows, or replaces those with the same id; a tombstone of the same id goes. {@link
   * AssetRow#pathCount} is not taken from the row: the catalog counts by itself.
   */
  void putAll(long namespace, Collection<AssetRow> rows);

  /** Adds edges; one that is there already stays as it is. */
  void addParents(long namespace, Digest child, Collection<ParentEdge> parents);

  /** Adds an embedding in place of the asset's one in the same space. */
  void putEmbedding(long namespace, EmbeddingRow embedding);

  /**
   * Removes the asset's row and embeddings and leaves the tombstone; edges stay, and so do paths
   * that name the asset. A tombstone that is there already is replaced.
   */
  void delete(long namespace, Tombstone tombstone);
}
