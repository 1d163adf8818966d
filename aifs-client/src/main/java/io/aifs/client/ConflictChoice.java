package io.aifs.client;

/** What becomes of a path that both sides of a merge changed. */
public enum ConflictChoice {
  /** The merge ends and changes nothing. */
  FAIL,
  /** What the branch has stays. */
  OURS,
  /** What the other side has is taken. */
  THEIRS
}
