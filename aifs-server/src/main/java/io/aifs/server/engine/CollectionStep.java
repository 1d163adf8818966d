package io.aifs.server.engine;

/** Where a collection is: each is reported when it has been reached. */
public enum CollectionStep {
  /** Marks are forgotten; new records are born marked. */
  MARK_BEGUN,
  /** Some more chunks are marked; told often. */
  PAGE_MARKED,
  /** Everything that is needed is marked. */
  MARKED,
  /** Part of what is unmarked is hidden from puts. */
  HIDDEN,
  /** The catalog knows what was hidden. */
  CONDEMNED,
  /** The epoch moved on: later pins cannot hold what was condemned. */
  EPOCH_MOVED,
  /** What became visible since is shown again, and the open pack is sealed. */
  RESCUED,
  /** Some packs are copied and synced. */
  COPIED,
  /** The catalog has swapped them. */
  RECORDED,
  /** Reads find the copies. */
  SWAPPED,
  /** The old files are deleted. */
  DELETED,
  /** The catalog knows that a run is over. */
  FINISHED,
  /** Files that nothing names are deleted. */
  ORPHANS_DELETED
}
