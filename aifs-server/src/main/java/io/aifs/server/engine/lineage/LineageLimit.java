package io.aifs.server.engine.lineage;

/** What ended a traversal early somewhere. */
public enum LineageLimit {
  /** There is more beyond the depth. */
  DEPTH,
  /** There are more assets. */
  NODES,
  /** Some assets have more edges. */
  FAN_OUT,
  /** As many edges were looked at as one call may. */
  EDGES
}
