package io.aifs.core.tree;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;

/**
 * The two parts of a snapshot.
 *
 * @param paths the tree of paths
 * @param unnamed the assets that were put without a path: a tree whose paths are their ids in hex
 */
public record SnapshotRoots(TreeRoot paths, TreeRoot unnamed) {
  public static final SnapshotRoots EMPTY = new SnapshotRoots(TreeRoot.EMPTY, TreeRoot.EMPTY);

  /** Keeps this digest apart from those of nodes. */
  private static final byte PREFIX = 3;

  public SnapshotRoots {
    requireNonNull(paths, "paths is null");
    requireNonNull(unnamed, "unnamed is null");
  }

  /** Binds the content of both parts: BLAKE3 of a byte 3 and both Merkle digests. */
  public Digest merkleRoot() {
    byte[] bytes = new byte[1 + 2 * Digest.BYTES];
    bytes[0] = PREFIX;
    paths.merkle().writeTo(bytes, 1);
    unnamed.merkle().writeTo(bytes, 1 + Digest.BYTES);
    return Digest.of(bytes);
  }
}
