package io.aifs.core.tree;

import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Nodes as bytes. Equal nodes have equal bytes, and only the bytes that {@link #encode} writes are
 * read: whatever decodes, encodes to the same again.
 */
public final class TreeNodeCodec {
  private TreeNodeCodec() {}

  /**
   * @throws IllegalArgumentException if it is no node: empty, out of order or too large
   */
  public static byte[] encode(TreeNode node) {
    ByteBuffer out = ByteBuffer.allocate(TreeFormat.NODE_BYTES_MAX);
    int count =
        switch (node) {
          case TreeNode.Leaf leaf -> leaf.entries().size();
          case TreeNode.Inner inner -> inner.children().size();
        };
    if (count == 0 || count > TreeFormat.NODE_ENTRIES_MAX) {
      throw new IllegalArgumentException("number of entries is no node's: " + count);
    }
    out.put((byte) TreeFormat.NODE_VERSION).put((byte) node.level()).putShort((short) count);
    switch (node) {
      case TreeNode.Leaf leaf -> {
        byte[] previous = new byte[0];
        for (PathEntry entry : leaf.entries()) {
          previous = putPath(out, previous, entry.path());
          putEntry(out, entry.entry());
        }
      }
      case TreeNode.Inner inner -> {
        requireInnerLevel(inner.level());
        byte[] previous = new byte[0];
        for (ChildRef child : inner.children()) {
          previous = putPath(out, previous, child.first());
          putChild(out, child.node());
        }
      }
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  /**
   * @throws TreeDamagedException if {@link #encode} never writes these bytes
   */
  public static TreeNode decode(byte[] bytes) throws TreeDamagedException {
    return new TreeNodeReader(bytes).read();
  }

  private static void requireInnerLevel(int level) {
    if (level < 1 || level > TreeFormat.LEVEL_MAX) {
      throw new IllegalArgumentException(
          "level is outside 1.." + TreeFormat.LEVEL_MAX + ": " + level);
    }
  }

  private static byte[] putPath(ByteBuffer out, byte[] previous, TreePath path) {
    byte[] key = path.toUtf8();
    if (Arrays.compareUnsigned(previous, key) >= 0) { // nor is the root one: its key is empty
      throw new IllegalArgumentException("paths are not in order");
    }
    int mismatch = Arrays.mismatch(previous, key);
    require(out, TreeFormat.PATH_HEADER_BYTES + key.length - mismatch);
    out.putShort((short) mismatch).putShort((short) (key.length - mismatch));
    out.put(key, mismatch, key.length - mismatch);
    return key;
  }

  private static void putEntry(ByteBuffer out, TreeEntry entry) {
    switch (entry) {
      case TreeEntry.File file -> {
        requireSize(file.size());
        putHead(out, TreeFormat.TYPE_FILE, file.attributes(), TreeFormat.FILE_BYTES);
        out.put((byte) file.kind().code()).putLong(file.size()).put(file.asset().toBytes());
      }
      case TreeEntry.Symlink link -> {
        byte[] target = link.target().getBytes(StandardCharsets.UTF_8);
        int length = TreeFormat.TARGET_HEADER_BYTES + target.length;
        putHead(out, TreeFormat.TYPE_SYMLINK, link.attributes(), length);
        out.putShort((short) target.length).put(target);
      }
      case TreeEntry.Directory directory ->
          putHead(out, TreeFormat.TYPE_DIRECTORY, directory.attributes(), 0);
    }
  }

  private static void putHead(ByteBuffer out, int type, FileAttributes attributes, int rest) {
    require(out, 1 + TreeFormat.ATTRIBUTES_BYTES + rest);
    out.put((byte) type).putShort((short) attributes.mode()).putLong(attributes.mtimeNanos());
  }

  private static void putChild(ByteBuffer out, TreeRoot node) {
    if (node.isEmpty() || node.longestPath() > TreeFormat.PATH_BYTES_MAX) {
      throw new IllegalArgumentException("child is empty, or its longest path over the limit");
    }
    require(out, TreeFormat.CHILD_BYTES);
    out.put(node.node().toBytes())
        .put(node.merkle().toBytes())
        .putLong(node.entries())
        .putLong(node.bytes())
        .putShort((short) node.longestPath());
  }

  private static void requireSize(long size) {
    if (size > TreeFormat.SIZE_MAX) {
      throw new IllegalArgumentException("size is over " + TreeFormat.SIZE_MAX + ": " + size);
    }
  }

  private static void require(ByteBuffer out, int bytes) {
    if (out.remaining() < bytes) {
      throw new IllegalArgumentException("node is over " + TreeFormat.NODE_BYTES_MAX + " bytes");
    }
  }
}
