package io.aifs.core.tree;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads one node from its bytes and takes nothing on trust. */
final class TreeNodeReader {
  /** What {@link String} makes of bytes that are not UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private final ByteBuffer in;
  private byte[] key = new byte[0];
  private long entries;
  private long bytes;

  TreeNodeReader(byte[] node) {
    this.in = ByteBuffer.wrap(node);
  }

  TreeNode read() throws TreeDamagedException {
    if (in.limit() > TreeFormat.NODE_BYTES_MAX) {
      throw new TreeDamagedException(
          "node is over " + TreeFormat.NODE_BYTES_MAX + " bytes: " + in.limit());
    }
    require(TreeFormat.NODE_HEADER_BYTES);
    int version = in.get();
    if (version != TreeFormat.NODE_VERSION) {
      throw new TreeDamagedException("version of the node is unknown: " + version);
    }
    int level = Byte.toUnsignedInt(in.get());
    if (level > TreeFormat.LEVEL_MAX) {
      throw new TreeDamagedException("level of the node is over the limit: " + level);
    }
    int count = Short.toUnsignedInt(in.getShort());
    if (count == 0) {
      throw new TreeDamagedException("node has no entries");
    }
    TreeNode node = level == 0 ? leaf(count) : inner(level, count);
    if (in.hasRemaining()) {
      throw new TreeDamagedException("node has bytes behind its end: " + in.remaining());
    }
    return node;
  }

  private TreeNode leaf(int count) throws TreeDamagedException {
    List<PathEntry> found = new ArrayList<>(Math.min(count, in.remaining()));
    for (int i = 0; i < count; i++) {
      found.add(new PathEntry(path(), entry()));
    }
    return new TreeNode.Leaf(found);
  }

  private TreeNode inner(int level, int count) throws TreeDamagedException {
    List<ChildRef> found = new ArrayList<>(Math.min(count, in.remaining()));
    for (int i = 0; i < count; i++) {
      found.add(new ChildRef(path(), child()));
    }
    return new TreeNode.Inner(level, found);
  }

  private TreePath path() throws TreeDamagedException {
    require(TreeFormat.PATH_HEADER_BYTES);
    int shared = Short.toUnsignedInt(in.getShort());
    int own = Short.toUnsignedInt(in.getShort());
    if (shared > key.length || shared + own > TreeFormat.PATH_BYTES_MAX) {
      throw new TreeDamagedException("length of a path is wrong: " + shared + " and " + own);
    }
    require(own);
    byte[] next = Arrays.copyOf(key, shared + own);
    in.get(next, shared, own);
    if (Arrays.compareUnsigned(key, next) >= 0) {
      throw new TreeDamagedException("paths are not in order");
    }
    if (shared < key.length && next[shared] == key[shared]) {
      throw new TreeDamagedException("path shares more with the one before than is said");
    }
    key = next;
    try {
      return new TreePath(text(next));
    } catch (IllegalArgumentException e) {
      throw new TreeDamagedException("path is none: " + e.getMessage(), e);
    }
  }

  private TreeEntry entry() throws TreeDamagedException {
    require(1 + TreeFormat.ATTRIBUTES_BYTES);
    int type = in.get();
    int mode = Short.toUnsignedInt(in.getShort());
    long mtimeNanos = in.getLong();
    try {
      FileAttributes attributes = new FileAttributes(mode, mtimeNanos);
      return switch (type) {
        case TreeFormat.TYPE_FILE -> file(attributes);
        case TreeFormat.TYPE_SYMLINK -> symlink(attributes);
        case TreeFormat.TYPE_DIRECTORY -> new TreeEntry.Directory(attributes);
        default -> throw new TreeDamagedException("type of an entry is unknown: " + type);
      };
    } catch (IllegalArgumentException e) {
      throw new TreeDamagedException("entry is none: " + e.getMessage(), e);
    }
  }

  private TreeEntry file(FileAttributes attributes) throws TreeDamagedException {
    require(TreeFormat.FILE_BYTES);
    AssetKind kind = AssetKind.ofCode(in.get());
    long size = in.getLong();
    if (size < 0 || size > TreeFormat.SIZE_MAX) {
      throw new TreeDamagedException("size of a file is over the limit: " + size);
    }
    return new TreeEntry.File(digest(), kind, size, attributes);
  }

  private TreeEntry symlink(FileAttributes attributes) throws TreeDamagedException {
    require(TreeFormat.TARGET_HEADER_BYTES);
    int length = Short.toUnsignedInt(in.getShort());
    require(length);
    byte[] target = new byte[length];
    in.get(target);
    return new TreeEntry.Symlink(text(target), attributes);
  }

  private TreeRoot child() throws TreeDamagedException {
    require(TreeFormat.CHILD_BYTES);
    Digest node = digest();
    Digest merkle = digest();
    long childEntries = in.getLong();
    long childBytes = in.getLong();
    int longestPath = Short.toUnsignedInt(in.getShort());
    if (childEntries < 1 || childBytes < 0 || longestPath > TreeFormat.PATH_BYTES_MAX) {
      throw new TreeDamagedException("sum of a child is outside its limits");
    }
    entries += childEntries;
    bytes += childBytes;
    if (entries < 0 || bytes < 0) {
      throw new TreeDamagedException("sums of the children are too large");
    }
    return new TreeRoot(node, merkle, childEntries, childBytes, longestPath);
  }

  private Digest digest() {
    byte[] digest = new byte[Digest.BYTES];
    in.get(digest);
    return Digest.fromBytes(digest);
  }

  private static String text(byte[] utf8) throws TreeDamagedException {
    String text = new String(utf8, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0
        && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), utf8)) {
      throw new TreeDamagedException("text is not UTF-8");
    }
    return text;
  }

  private void require(int length) throws TreeDamagedException {
    if (in.remaining() < length) {
      throw new TreeDamagedException("node ends too early");
    }
  }
}
