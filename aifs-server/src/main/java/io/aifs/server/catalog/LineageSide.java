package io.aifs.server.catalog;

/** Which way lineage is read. */
public enum LineageSide {
  /** Up: what an asset was made from. */
  PARENTS,
  /** Down: what was made from it. */
  CHILDREN;

  public LineageSide opposite() {
    return this == PARENTS ? CHILDREN : PARENTS;
  }
}
