package io.aifs.server.catalog.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keys of overlays and trees. All that is below a path lies from the path and a slash up to, not
 * including, the path and a {@code 0}, the byte after the slash.
 */
public final class Keys {
  /** No path but the root's begins with a byte below, for NUL is refused. */
  private static final byte[] FIRST = {1};

  /** No UTF-8 begins with this byte. */
  private static final byte[] END = {(byte) 0xff};

  private static final byte[] NONE = {};

  /** Stands for all that is below the root. */
  private static final byte[] ROOT_RANGE = {'/'};

  private Keys() {}

  static boolean isRange(byte[] key) {
    return key.length > 0 && key[key.length - 1] == '/';
  }

  static boolean isRootRange(byte[] key) {
    return key.length == 1 && key[0] == '/';
  }

  /** The key that stands for all that is below {@code path}. */
  public static byte[] rangeOf(byte[] path) {
    return with(path, '/');
  }

  /** The path that a key is about. */
  static byte[] pathOf(byte[] key) {
    return isRange(key) ? Arrays.copyOf(key, key.length - 1) : key;
  }

  /** What every key below {@code path} starts with. */
  public static byte[] prefixBelow(byte[] path) {
    return path.length == 0 ? NONE : with(path, '/');
  }

  /** The lowest key that could be below {@code path}. */
  public static byte[] firstBelow(byte[] path) {
    return path.length == 0 ? FIRST : with(path, '/');
  }

  /** Above every key below {@code path}. */
  public static byte[] endBelow(byte[] path) {
    return path.length == 0 ? END : with(path, '/' + 1);
  }

  /** The lowest key above {@code key}. */
  public static byte[] next(byte[] key) {
    return with(key, 0);
  }

  /** What keys that a range row is about start with. */
  static byte[] prefixOf(byte[] rangeKey) {
    return isRootRange(rangeKey) ? NONE : rangeKey;
  }

  /** Above every key that starts with {@code prefix}, which is empty or ends in a slash. */
  public static byte[] endOf(byte[] prefix) {
    if (prefix.length == 0) {
      return END;
    }
    byte[] end = prefix.clone();
    end[end.length - 1]++;
    return end;
  }

  /** The keys of the range rows that could be about {@code key}, from the root's down. */
  static List<byte[]> ranges(byte[] key) {
    List<byte[]> ranges = new ArrayList<>();
    ranges.add(ROOT_RANGE);
    for (int i = 1; i < key.length; i++) {
      if (key[i] == '/') {
        ranges.add(Arrays.copyOf(key, i + 1));
      }
    }
    return ranges;
  }

  static byte[] min(byte[] one, byte[] other) {
    return Arrays.compareUnsigned(one, other) <= 0 ? one : other;
  }

  /** {@code key} with its first {@code dropped} bytes replaced. */
  static byte[] reprefixed(byte[] key, int dropped, byte[] prefix) {
    byte[] made = Arrays.copyOf(prefix, prefix.length + key.length - dropped);
    System.arraycopy(key, dropped, made, prefix.length, key.length - dropped);
    return made;
  }

  private static byte[] with(byte[] key, int last) {
    byte[] longer = Arrays.copyOf(key, key.length + 1);
    longer[key.length] = (byte) last;
    return longer;
  }
}
