package io.aifs.server.engine.search;

/** How the index of a space is. */
public enum IndexState {
  /** Searches walk the graph. */
  READY,

  /** It is being read or built; searches look at everything. */
  BUILDING,

  /** It was dropped; searches look at everything. */
  DROPPED
}
