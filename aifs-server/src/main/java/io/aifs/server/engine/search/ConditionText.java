package io.aifs.server.engine.search;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.util.Optional;
import java.util.regex.Pattern;

/** The text of a condition, and how far it is read. Not thread-safe. */
final class ConditionText {
  private static final String HINT =
      "write conditions as lang=en, year>=2020, split in (train, test), has label, not lang=de,"
          + " @kind=TENSOR, @size<1000 or @created>=2026-11-01; what has spaces or signs goes in"
          + " double quotes";
  private static final int SHOWN_CHARS_MAX = 80;

  /** What would move a terminal's cursor. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}]");

  private final String text;
  private int at;

  /**
   * A key or a value.
   *
   * @param at where it begins
   */
  record Word(String text, boolean quoted, int at) {
    /** Whether it is a property of assets and no key of metadata. */
    boolean isField() {
      return !quoted && text.startsWith("@");
    }
  }

  ConditionText(String text) {
    this.text = text;
  }

  int at() {
    return at;
  }

  /** Reads on from a place that was passed. */
  void back(int place) {
    at = place;
  }

  /** Whether there were any. */
  boolean skipSpaces() {
    int start = at;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return at > start;
  }

  boolean skip(char c) {
    boolean is = at < text.length() && text.charAt(at) == c;
    at += is ? 1 : 0;
    return is;
  }

  void require(char c) {
    if (!skip(c)) {
      throw wrong(at, "a '" + c + "' is missing");
    }
  }

  boolean skipWord(String word) {
    boolean is = text.startsWith(word, at);
    at += is ? word.length() : 0;
    return is;
  }

  /** The longest operator that is next; goes past it. */
  Optional<Comparison> operator() {
    Comparison found = null;
    for (Comparison one : Comparison.values()) {
      boolean longer = found == null || one.text().length() > found.text().length();
      if (longer && text.startsWith(one.text(), at)) {
        found = one;
      }
    }
    at += found == null ? 0 : found.text().length();
    return Optional.ofNullable(found);
  }

  /** A key: bare up to a space or a sign, or quoted. */
  Word key() {
    int start = at;
    if (skip('"')) {
      return new Word(quoted(start), true, start);
    }
    while (at < text.length() && !isSpace(text.charAt(at)) && !isSign(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw wrong(start, at == text.length() ? "a key is missing" : "a key cannot begin here");
    }
    return new Word(text.substring(start, at), false, start);
  }

  /**
   * A value, after spaces: bare up to a space, or quoted.
   *
   * @param listed whether it is one of several: then commas and parentheses end it too
   */
  Word value(boolean listed) {
    skipSpaces();
    int start = at;
    if (skip('"')) {
      return new Word(quoted(start), true, start);
    }
    while (at < text.length()
        && !isSpace(text.charAt(at))
        && !(listed && isListSign(text.charAt(at)))) {
      if (text.charAt(at) == '"') {
        throw wrong(at, "a quote is inside of a value; quote all of it");
      }
      at++;
    }
    if (at == start) {
      throw wrong(start, "a value is missing; write \"\" for an empty one");
    }
    return new Word(text.substring(start, at), false, start);
  }

  /** What is left up to the quote that ends it. */
  private String quoted(int start) {
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\') {
        at++;
        if (at == text.length() || (text.charAt(at) != '"' && text.charAt(at) != '\\')) {
          throw wrong(at - 1, "after a backslash comes a quote or another backslash");
        }
      }
      value.append(text.charAt(at));
      at++;
    }
    if (!skip('"')) {
      throw wrong(start, "the quote that begins here does not end");
    }
    return value.toString();
  }

  void requireEnd() {
    skipSpaces();
    if (at < text.length()) {
      throw wrong(at, "something follows; quote a value that has spaces");
    }
  }

  /**
   * What to throw.
   *
   * @param place index into the text
   */
  AifsException.InvalidRequest wrong(int place, String what) {
    String shown =
        text.length() <= SHOWN_CHARS_MAX ? text : text.substring(0, SHOWN_CHARS_MAX) + "...";
    return new AifsException.InvalidRequest(
        Reason.FILTER_INVALID,
        "where",
        "the condition '"
            + CONTROL.matcher(shown).replaceAll("?")
            + "' cannot be read at character "
            + (text.codePointCount(0, place) + 1)
            + ": "
            + what,
        HINT);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c);
  }

  private static boolean isSign(char c) {
    return "=!<>(),\"".indexOf(c) >= 0;
  }

  private static boolean isListSign(char c) {
    return ",()".indexOf(c) >= 0;
  }
}
