package io.aifs.server.snapshot;

/** What becomes of a conflict. */
public enum MergeChoice {
  OURS,
  THEIRS,

  /** Left to somebody: the merged tree has ours. */
  UNRESOLVED
}
