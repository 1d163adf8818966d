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

  public TreePath {
    requireNonNull(value, "path is null");
    if (!value.isEmpty()) {
      requireValid(value);
    }
  }

  private static void requireValid(String path) {
    if (path.length() > Limits.PATH_BYTES_MAX || utf8Bytes(path) > Limits.PATH_BYTES_MAX) {
      throw new IllegalArgumentException("path is over " + Limits.PATH_BYTES_MAX + " bytes");
    }
    if (path.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("path has a NUL character");
    }
    if (!Unicode.isWellFormed(path)) {
      throw new IllegalArgumentException("path is not valid Unicode");
    }
    for (String segment : path.split("/", -1)) {
      requireValidSegment(segment, path);
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
    if (utf8Bytes(segment) > Limits.PATH_SEGMENT_BYTES_MAX) {
      throw new IllegalArgumentException(
          "path has a segment over "
              + Limits.PATH_SEGMENT_BYTES_MAX
              + " bytes: "
              + Unicode.shown(path));
    }
  }

  private static int utf8Bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
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
