package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.TreePath;
import java.util.Arrays;

/**
 * The keys strictly below a path: all from {@code path/} up to, not including, {@code path0}, since
 * {@code 0} is the byte after {@code /}. The path's own key is not among them, and siblings such as
 * {@code path-1} stand between the two.
 */
final class PathRange {
  /** No path begins with a byte below, for NUL is refused. */
  private static final byte[] FIRST = {1};

  /** No UTF-8 begins with this byte. */
  private static final byte[] END = {(byte) 0xff};

  private final byte[] prefix;
  private final byte[] first;
  private final byte[] end;

  private PathRange(byte[] prefix, byte[] first, byte[] end) {
    this.prefix = prefix;
    this.first = first;
    this.end = end;
  }

  static PathRange below(TreePath path) {
    return below(path.toUtf8());
  }

  static PathRange below(byte[] path) {
    return path.length == 0
        ? new PathRange(path, FIRST, END)
        : new PathRange(with(path, '/'), with(path, '/'), with(path, '/' + 1));
  }

  /** What every key here starts with. */
  byte[] prefix() {
    return prefix;
  }

  /** The lowest key there could be. */
  byte[] first() {
    return first;
  }

  /** Above every key. */
  byte[] end() {
    return end;
  }

  /** The lowest key above {@code key}. */
  static byte[] next(byte[] key) {
    return with(key, 0);
  }

  private static byte[] with(byte[] key, int last) {
    byte[] longer = Arrays.copyOf(key, key.length + 1);
    longer[key.length] = (byte) last;
    return longer;
  }
}
