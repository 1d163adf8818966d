package io.aifs.core.model;

import static java.util.Objects.requireNonNull;

import io.aifs.core.Limits;
import java.nio.charset.StandardCharsets;

/**
 * A path inside a tree: segments joined by {@code /}, no leading or trailing slash; the root is the
 * empty path. Never normalised: two spellings are two paths. Ordered by UTF-8 bytes, which is the
 * order of the tree.
 */
public record TreePath(String value) implements Comparable<TreePath> {
  public static final TreePath ROOT = new TreePath("");

  private static final int UTF8_BYTES_PER_CHAR_MAX = 3;

  public TreePath {
    requireNonNull(value, "path is null");
    if (!value.isEmpty()) {
      requireValid(value);
    }
  }

  private static void requireValid(String path) {
    if (isOver(path, Limits.PATH_BYTES_MAX)) {
      throw new IllegalArgumentException("path is over " + Limits.PATH_BYTES_MAX + " bytes");
    }
    if (path.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("path has a NUL character");
    }
    if (!Unicode.isWellFormed(path)) {
      throw new IllegalArgumentException("path is not valid Unicode");
    }
    for (int start = 0; start <= path.length(); ) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      requireValidSegment(path.substring(start, end), path);
      start = end + 1;
    }
  }

  private static void requireValidSegment(String segment, String path) {
    if (segment.isEmpty()) {
      throw new IllegalArgumentException("path has an empty segment: " + Unicode.shown(path));
    }
    if (segment.equals(".") || segment.equals("..")) {
      throw new IllegalArgumentException(
          "path has a '" + segment + "' segment: " + Unicode.shown(path));
    }
    if (isOver(segment, Limits.PATH_SEGMENT_BYTES_MAX)) {
      throw new IllegalArgumentException(
          "path has a segment over "
              + Limits.PATH_SEGMENT_BYTES_MAX
              + " bytes: "
              + Unicode.shown(path));
    }
  }

  /** Encodes only what is too long to tell: there is a path for every file of every batch. */
  private static boolean isOver(String text, int bytes) {
    return text.length() > bytes
        || (text.length() > bytes / UTF8_BYTES_PER_CHAR_MAX
            && text.getBytes(StandardCharsets.UTF_8).length > bytes);
  }

  public boolean isRoot() {
    return value.isEmpty();
  }

  /** The last segment; empty for the root. */
  public String name() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /** The path above; the root's parent is the root. */
  public TreePath parent() {
    int slash = value.lastIndexOf('/');
    return slash < 0 ? ROOT : new TreePath(value.substring(0, slash));
  }

  /** This path and {@code rest} below it. */
  public TreePath resolve(String rest) {
    return rest.isEmpty() ? this : new TreePath(isRoot() ? rest : value + "/" + rest);
  }

  /** Whether {@code other} is this path or lies below it. */
  public boolean contains(TreePath other) {
    return isRoot()
        || other.value.equals(value)
        || (other.value.startsWith(value) && other.value.charAt(value.length()) == '/');
  }

  public byte[] toUtf8() {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public int compareTo(TreePath other) {
    return Unicode.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
