package io.aifs.server.catalog;

import io.aifs.core.model.AssetFilter;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Assets of a namespace ({@code namespace} is its number) with lineage, embeddings, tombstones. */
public interface AssetReader {
  Optional<AssetRow> find(long namespace, Digest id);

  /** Absent ids are absent from the result. */
  Map<Digest, AssetRow> findAll(long namespace, Collection<Digest> ids);

  /** In order of id, those after {@code after}; at most {@code limit}. */
  List<AssetRow> listById(long namespace, Optional<Digest> after, int limit);

  /**
   * Newest first, unless the filter has a prefix: then in order of id. A re-put does not make an
   * asset newer. {@code skip} assets of the result are left out, for the wire's offsets. A page
   * ends early when many assets were looked at in vain; the next begins there.
   *
   * @param after the position of the last asset of the page before; empty for the first page
   * @throws IllegalArgumentException if that is of a listing in another order
   */
  AssetPage list(
      long namespace, AssetFilter filter, Optional<AssetPage.Position> after, int skip, int limit);

  Optional<Tombstone> findTombstone(long namespace, Digest id);

  /** What is kept of a deleted asset, as long as its chunks may be there still. */
  Optional<KeptAsset> findKept(long namespace, Digest id);

  /** The asset's edges in order of parent, then of transform. They outlive the asset. */
  List<ParentEdge> parents(long namespace, Digest child);

  /** Visible children, that with the newest edge first, at most {@code limit}. */
  List<Digest> children(long namespace, Digest parent, int limit);

  /** Whether found or not, in order of space and part. */
  List<EmbeddingRow> embeddings(long namespace, Digest asset);

  /** Those of all assets, whether found or not, in order of key; at most {@code limit}. */
  List<EmbeddingRow> embeddingsAfter(long namespace, Optional<EmbeddingKey> after, int limit);

  /** Ids in the namespace that start with these hex digits (8 to 64), at most {@code limit}. */
  List<Digest> findByPrefix(long namespace, String hexPrefix, int limit);

  /** How many assets are visible and their content bytes in sum. */
  AssetTotals totals(long namespace);
}
