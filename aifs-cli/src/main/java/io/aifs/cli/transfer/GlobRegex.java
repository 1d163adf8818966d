package io.aifs.cli.transfer;

import java.util.regex.Pattern;

/** Translates a glob to a regular expression over whole paths. */
final class GlobRegex {
  private final String glob;
  private final StringBuilder regex = new StringBuilder();
  private int at;

  private GlobRegex(String glob) {
    this.glob = glob;
  }

  /**
   * {@code *} and {@code ?} stay inside a name, {@code **} between slashes crosses directories,
   * {@code [a-z]} and {@code [!a-z]} are sets, and a backslash takes the next character literally.
   */
  static String of(String glob) {
    return new GlobRegex(glob).translate();
  }

  private String translate() {
    while (at < glob.length()) {
      if (isAt("**/") && startsName()) {
        regex.append("(?:.*/)?");
        at += 3;
      } else if (isAt("**") && startsName() && at + 2 == glob.length()) {
        regex.append(".+");
        at += 2;
      } else {
        translateOne();
      }
    }
    return regex.toString();
  }

  private boolean isAt(String text) {
    return glob.startsWith(text, at);
  }

  private boolean startsName() {
    return at == 0 || glob.charAt(at - 1) == '/';
  }

  private void translateOne() {
    char c = glob.charAt(at);
    switch (c) {
      case '*' -> {
        regex.append("[^/]*");
        while (at < glob.length() && glob.charAt(at) == '*') {
          at++;
        }
      }
      case '?' -> {
        regex.append("[^/]");
        at++;
      }
      case '[' -> set();
      case '\\' -> {
        literal(at + 1 < glob.length() ? glob.codePointAt(at + 1) : '\\');
        at += at + 1 < glob.length() ? 1 + Character.charCount(glob.codePointAt(at + 1)) : 1;
      }
      default -> {
        int codePoint = glob.codePointAt(at);
        literal(codePoint);
        at += Character.charCount(codePoint);
      }
    }
  }

  private void literal(int codePoint) {
    regex.append(Pattern.quote(Character.toString(codePoint)));
  }

  private void set() {
    int first = at + 1;
    boolean negated = first < glob.length() && "!^".indexOf(glob.charAt(first)) >= 0;
    if (negated) {
      first++;
    }
    // A bracket right at the start is a member.
    int end = glob.indexOf(']', first + 1);
    if (end < 0) {
      literal('[');
      at++;
      return;
    }
    regex.append("(?!/)[").append(negated ? "^" : "");
    for (int i = first; i < end; i++) {
      char c = glob.charAt(i);
      if (c == '-' && i > first && i < end - 1) {
        regex.append('-');
      } else if (Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
        regex.append(c);
      } else {
        regex.append('\\').append(c);
      }
    }
    regex.append(']');
    at = end + 1;
  }
}
