package io.aifs.client.bundle;

import io.aifs.core.Limits;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Where the tensors of a file are put: below a directory beside it, each under its name. What a
 * name may not be in a path is written as {@code %} and hex digits, so that no two names meet; one
 * that is too long ends in its digest. The real name is in the asset.
 */
public final class TensorPaths {
  private static final String SUFFIX = ".tensors";

  /** What a long name keeps of itself; the rest is for the digest. */
  private static final int KEPT_BYTES = 160;

  /** The directory of the tensors of the file at a path. */
  public static TreePath directory(TreePath file) {
    return file.parent().resolve(file.name() + SUFFIX);
  }

  /** The path of a tensor in such a directory. */
  public static TreePath of(TreePath directory, String tensor) {
    return directory.resolve(segment(tensor));
  }

  /** A tensor's name as one segment of a path. */
  static String segment(String tensor) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < tensor.length(); i++) {
      append(tensor, i, text);
    }
    String whole = text.isEmpty() ? "%" : text.toString();
    if (whole.equals(".") || whole.equals("..")) {
      return whole.replace(".", "%2E");
    }
    return whole.getBytes(StandardCharsets.UTF_8).length <= Limits.PATH_SEGMENT_BYTES_MAX
        ? whole
        : shortened(whole);
  }

  private static void append(String name, int at, StringBuilder out) {
    char c = name.charAt(at);
    if (c == '%' || c == '/' || c < ' ' || c == 0x7f) {
      appendHex("%", c, 2, out);
    } else if (Character.isSurrogate(c) && !isPaired(name, at)) {
      appendHex("%u", c, 4, out);
    } else {
      out.append(c);
    }
  }

  private static boolean isPaired(String name, int at) {
    char c = name.charAt(at);
    return Character.isHighSurrogate(c)
        ? at + 1 < name.length() && Character.isLowSurrogate(name.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(name.charAt(at - 1));
  }

  private static void appendHex(String mark, char c, int digits, StringBuilder out) {
    String hex = Integer.toHexString(c).toUpperCase(Locale.ROOT);
    out.append(mark).append("0".repeat(digits - hex.length())).append(hex);
  }

  /** No other name is written with {@code %} and a sign that is no hex digit behind it. */
  private static String shortened(String whole) {
    int end = 0;
    int bytes = 0;
    while (bytes <= KEPT_BYTES) {
      int point = whole.codePointAt(end);
      bytes += Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
      end += Character.charCount(point);
    }
    return whole.substring(0, end) + "%~" + digest(whole);
  }

  private static String digest(String whole) {
    return Digest.of(whole.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private TensorPaths() {}
}
