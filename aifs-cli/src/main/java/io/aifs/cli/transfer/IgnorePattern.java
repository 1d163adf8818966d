package io.aifs.cli.transfer;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of an ignore file, read as git reads {@code .gitignore}.
 *
 * @param negated the line brings back what an earlier one ignored
 * @param directoriesOnly the line ended in a slash
 * @param regex what the path relative to the ignore file's directory must match
 */
record IgnorePattern(boolean negated, boolean directoriesOnly, Pattern regex) {
  /** The pattern of a line; empty for blank lines and comments. */
  static Optional<IgnorePattern> parse(String line) {
    String text = withoutTrailingSpaces(line);
    if (text.isEmpty() || text.startsWith("#")) {
      return Optional.empty();
    }
    boolean negated = text.startsWith("!");
    if (negated) {
      text = text.substring(1);
    }
    boolean directoriesOnly = text.endsWith("/");
    if (directoriesOnly) {
      text = text.substring(0, text.length() - 1);
    }
    // A slash at the start or in the middle ties the pattern to the directory of its file.
    boolean anchored = text.indexOf('/') >= 0;
    String glob = text.startsWith("/") ? text.substring(1) : text;
    if (glob.isEmpty()) {
      return Optional.empty();
    }
    String regex = (anchored ? "" : "(?:.*/)?") + GlobRegex.of(glob);
    return Optional.of(
        new IgnorePattern(negated, directoriesOnly, Pattern.compile(regex, Pattern.DOTALL)));
  }

  private static String withoutTrailingSpaces(String line) {
    int end = line.length();
    if (end > 0 && line.charAt(end - 1) == '\r') {
      end--;
    }
    while (end > 0 && line.charAt(end - 1) == ' ' && !(end > 1 && line.charAt(end - 2) == '\\')) {
      end--;
    }
    return line.substring(0, end);
  }

  boolean matches(String relativePath, boolean directory) {
    return (directory || !directoriesOnly) && regex.matcher(relativePath).matches();
  }
}
