package io.aifs.server.snapshot;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;

/**
 * What is wrong with a node.
 *
 * @param node its id
 * @param message what was found, in a sentence without the id
 */
public record TreeProblem(Kind kind, Digest node, String message) {
  /** Each invariant of a tree. */
  public enum Kind {
    /** The node is missing, or its bytes are no node. */
    UNREADABLE,

    /** The node's bytes have another digest than its id. */
    ID,

    /** The node is not one level below its parent, or is an inner root over a single node. */
    LEVEL,

    /**
     * The node does not begin with the path its parent names, or reaches behind what follows it.
     */
    RANGE,

    /** The node does not end where nodes end. */
    SHAPE,

    /** The Merkle digest is not that of the entries. */
    MERKLE,

    /** Number of entries, bytes or longest path are not those of the entries. */
    SUMS
  }

  public TreeProblem {
    requireNonNull(kind, "kind is null");
    requireNonNull(node, "node is null");
    requireNonNull(message, "message is null");
  }
}
