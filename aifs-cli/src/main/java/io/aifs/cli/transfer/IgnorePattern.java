package io.aifs.cli.transfer;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * One line of an ignore file, read as git reads {@code .gitignore}.
 *
 * @param negated the line brings back what an earlier one ignored
 * @param directoriesOnly the line ended in a slash
 * @param regex what the path relative to the ignore file's directory must match
 */
record IgnorePattern(boolean negated, boolean directoriesOnly, Pattern regex) {
  private static final int SHOWN_CHARS = 40;

  /**
   * The pattern of a line; empty for blank lines and comments.
   *
   * @throws AifsException.InvalidRequest if it is longer than any path, or has a set that is none:
   *     left out, it would let through what it was to keep away
   */
  static Optional<IgnorePattern> parse(String line) {
    String text = withoutTrailingSpaces(line);
    if (text.isEmpty() || text.startsWith("#")) {
      return Optional.empty();
    }
    requireShort(text);
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
    return Optional.of(new IgnorePattern(negated, directoriesOnly, compiled(regex, line)));
  }

  /** Sets of very many characters would take more stack than there is. */
  private static void requireShort(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > Limits.PATH_BYTES_MAX) {
      throw new AifsException.InvalidRequest(
          Reason.LIMIT_EXCEEDED,
          "ignore",
          "the pattern that begins with '"
              + text.substring(0, SHOWN_CHARS)
              + "' is over "
              + Limits.PATH_BYTES_MAX
              + " bytes, and so longer than any path",
          "shorten it, or write several");
    }
  }

  private static Pattern compiled(String regex, String line) {
    try {
      return Pattern.compile(regex, Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new AifsException.InvalidRequest(
          Reason.ARGUMENT_INVALID,
          "ignore",
          "'" + line + "' is no pattern: " + e.getDescription(),
          "write the ends of a range in order, as in [a-z], and \\[ for a bracket itself");
    }
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
