package io.aifs.server.catalog;

import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import java.time.Instant;
import java.util.Collection;

/** Changes assets. Rules (cycles, kinds, references) are the engine's; this only stores. */
public interface AssetWriter extends AssetReader {
  /**
   * Inserts rows, or replaces those with the same id; a tombstone of the same id goes. {@link
   * AssetRow#named} is taken from new rows alone. Those that are unnamed join the unnamed part of
   * branch {@code main}.
   */
  void putAll(long namespace, Collection<AssetRow> rows);

  /**
   * Makes visible assets members of the unnamed part of branch {@code main}, if they are not.
   * Returns whether one was not.
   */
  boolean joinUnnamed(long namespace, Collection<AssetRow> rows);

  /**
   * Adds edges; one that is there already stays as it is, with its time.
   *
   * @param at when they are recorded
   * @return how many are new
   */
  int addParents(long namespace, Digest child, Collection<ParentEdge> parents, Instant at);

  /**
   * Removes the asset's row and embeddings and leaves the tombstone; edges stay, and so do paths
   * that name the asset. A tombstone that is there already is replaced. What {@link #revive} needs
   * is kept.
   */
  void delete(long namespace, Tombstone tombstone);

  /**
   * Makes a deleted asset visible again as it was, with its embeddings, and removes the tombstone;
   * it becomes unnamed, for no path names it. Returns false, changing nothing, if it is not kept.
   *
   * @param bornAt sequence of the event that makes it visible
   */
  boolean revive(long namespace, Digest id, long bornAt);

  /**
   * Forgets what is kept of assets that were deleted before an event, at most {@code limit};
   * returns how many. Their tombstones stay.
   */
  long forgetKept(long namespace, long beforeSequence, int limit);
}
