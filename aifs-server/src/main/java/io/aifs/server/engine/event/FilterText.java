package io.aifs.server.engine.event;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads a filter that is one text: terms between commas or spaces, each {@code type=}, {@code
 * path=}, {@code kind=} or {@code branch=} and a value, which may stand in double quotes; a word
 * alone is what types begin with. {@code docs/api.md} has the grammar.
 */
public final class FilterText {
  private static final int TEXT_CHARS_MAX = 16_384;

  /** As many terms as a filter may have, in whatever form they come. */
  public static final int TERMS_MAX = 100;

  private static final String HINT =
      "write terms as type=asset.*, path=data/, kind=TENSOR, branch=main or the beginning of a type";

  private final String text;
  private int at;
  private final List<String> types = new ArrayList<>();
  private final List<TreePath> paths = new ArrayList<>();
  private final Set<AssetKind> kinds = EnumSet.noneOf(AssetKind.class);
  private final List<Name> branches = new ArrayList<>();

  private FilterText(String text) {
    this.text = text;
  }

  /**
   * @param lineage as in the filter
   * @throws AifsException.InvalidRequest saying what is wrong where
   */
  public static EventFilter parse(String text, boolean lineage) {
    if (text.length() > TEXT_CHARS_MAX) {
      throw wrong("it is over " + TEXT_CHARS_MAX + " characters");
    }
    return new FilterText(text).parse(lineage);
  }

  private EventFilter parse(boolean lineage) {
    int terms = 0;
    while (skipSeparators()) {
      terms++;
      if (terms > TERMS_MAX) {
        throw wrong("it has over " + TERMS_MAX + " terms");
      }
      int start = at;
      while (at < text.length() && !isSeparator(text.charAt(at)) && text.charAt(at) != '=') {
        at++;
      }
      String word = text.substring(start, at);
      if (at < text.length() && text.charAt(at) == '=') {
        at++;
        add(word, value(word));
      } else {
        types.add(type(word.endsWith("*") ? word : word + "*"));
      }
    }
    return new EventFilter(types, paths, kinds, branches, lineage);
  }

  private boolean skipSeparators() {
    while (at < text.length() && isSeparator(text.charAt(at))) {
      at++;
    }
    return at < text.length();
  }

  private static boolean isSeparator(char c) {
    return c == ',' || Character.isWhitespace(c);
  }

  private String value(String key) {
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted(key);
    }
    int start = at;
    while (at < text.length() && !isSeparator(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /** In quotes, a backslash takes the next character as it is. */
  private String quoted(String key) {
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\') {
        at++;
      }
      if (at < text.length()) {
        value.append(text.charAt(at));
        at++;
      }
    }
    if (at >= text.length()) {
      throw wrong("the quotes of " + key + " do not end");
    }
    at++;
    if (at < text.length() && !isSeparator(text.charAt(at))) {
      throw wrong("something follows the quotes of " + key);
    }
    return value.toString();
  }

  private void add(String key, String value) {
    switch (key) {
      case "type" -> types.add(type(value));
      case "path" -> paths.add(path(value));
      case "kind" -> kinds.add(kind(value));
      case "branch" -> branches.add(branch(value));
      default -> throw wrong("'" + key + "' is no key");
    }
  }

  /** A type, or the beginning of some with {@code *} after it. */
  public static String type(String value) {
    if (!value.matches("[a-z][a-z.-]{0,62}\\*?|\\*")) {
      throw wrong("'" + value + "' is neither a type nor the beginning of one and a '*'");
    }
    return value;
  }

  /** A path, which may end with a slash. */
  public static TreePath path(String value) {
    try {
      return new TreePath(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private static AssetKind kind(String value) {
    try {
      return AssetKind.valueOf(value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw wrong("'" + value + "' is no kind; the kinds are BLOB, TENSOR, EMBED and ARTIFACT");
    }
  }

  private static Name branch(String value) {
    try {
      return new Name(value);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private static AifsException.InvalidRequest wrong(String what) {
    return new AifsException.InvalidRequest(
        Reason.ARGUMENT_INVALID, "filter", "the filter cannot be read: " + what, HINT);
  }
}
