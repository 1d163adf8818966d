package io.aifs.core.tree;

import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What of an entry the Merkle digest covers: all but the attributes, and of a file's mode whether
 * anyone may execute it.
 */
public final class EntryContent {
  private EntryContent() {}

  /** Whether two entries of one path differ in nothing but attributes. */
  public static boolean same(TreeEntry left, TreeEntry right) {
    return switch (left) {
      case TreeEntry.File file ->
          right instanceof TreeEntry.File other
              && file.asset().equals(other.asset())
              && file.kind() == other.kind()
              && file.size() == other.size()
              && isExecutable(file) == isExecutable(other);
      case TreeEntry.Symlink link ->
          right instanceof TreeEntry.Symlink other && link.target().equals(other.target());
      case TreeEntry.Directory _ -> right instanceof TreeEntry.Directory;
    };
  }

  /** The same entry with other attributes. */
  public static TreeEntry withAttributes(TreeEntry entry, FileAttributes attributes) {
    return switch (entry) {
      case TreeEntry.File file ->
          new TreeEntry.File(file.asset(), file.kind(), file.size(), attributes);
      case TreeEntry.Symlink link -> new TreeEntry.Symlink(link.target(), attributes);
      case TreeEntry.Directory _ -> new TreeEntry.Directory(attributes);
    };
  }

  /** Content bytes that the entry adds to its tree's sum. */
  static long bytes(TreeEntry entry) {
    return entry instanceof TreeEntry.File file ? file.size() : 0;
  }

  /** Whether anyone may execute the file. */
  public static boolean isExecutable(TreeEntry.File file) {
    return (file.attributes().mode() & TreeFormat.EXECUTABLE_BITS) != 0;
  }

  /** The bytes that an entry's leaf hash is over, behind {@code prefix}. */
  static byte[] encode(byte prefix, PathEntry entry) {
    byte[] path = entry.path().toUtf8();
    int head = 1 + 2 + path.length + 1;
    return switch (entry.entry()) {
      case TreeEntry.File file ->
          start(prefix, path, TreeFormat.TYPE_FILE, head + 1 + TreeFormat.FILE_BYTES)
              .put((byte) (isExecutable(file) ? 1 : 0))
              .put((byte) file.kind().code())
              .putLong(file.size())
              .put(file.asset().toBytes())
              .array();
      case TreeEntry.Symlink link -> {
        byte[] target = link.target().getBytes(StandardCharsets.UTF_8);
        yield start(prefix, path, TreeFormat.TYPE_SYMLINK, head + 2 + target.length)
            .putShort((short) target.length)
            .put(target)
            .array();
      }
      case TreeEntry.Directory _ -> start(prefix, path, TreeFormat.TYPE_DIRECTORY, head).array();
    };
  }

  private static ByteBuffer start(byte prefix, byte[] path, int type, int length) {
    return ByteBuffer.allocate(length)
        .put(prefix)
        .putShort((short) path.length)
        .put(path)
        .put((byte) type);
  }
}
