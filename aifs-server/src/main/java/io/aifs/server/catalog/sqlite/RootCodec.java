package io.aifs.server.catalog.sqlite;

import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The column of a tree's root: both digests, entries, bytes, longest path; NULL if it is empty. */
final class RootCodec {
  static final int BYTES = 2 * Digest.BYTES + 2 * Long.BYTES + Integer.BYTES;

  static byte @Nullable [] encode(TreeRoot root) {
    if (root.isEmpty()) {
      return null;
    }
    return ByteBuffer.allocate(BYTES)
        .put(root.node().toBytes())
        .put(root.merkle().toBytes())
        .putLong(root.entries())
        .putLong(root.bytes())
        .putInt(root.longestPath())
        .array();
  }

  /**
   * @throws IllegalArgumentException if the bytes are no root
   */
  static TreeRoot decode(byte[] bytes) {
    if (bytes.length == 0) {
      return TreeRoot.EMPTY;
    }
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a root is " + bytes.length + " bytes long");
    }
    ByteBuffer sums = ByteBuffer.wrap(bytes, 2 * Digest.BYTES, BYTES - 2 * Digest.BYTES);
    return new TreeRoot(
        Digest.fromBytes(Arrays.copyOf(bytes, Digest.BYTES)),
        Digest.fromBytes(Arrays.copyOfRange(bytes, Digest.BYTES, 2 * Digest.BYTES)),
        sums.getLong(),
        sums.getLong(),
        sums.getInt());
  }

  private RootCodec() {}
}
