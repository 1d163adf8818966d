package io.aifs.core.model;

import java.util.regex.Pattern;

/** What {@link String} lacks for text that is kept as UTF-8. */
final class Unicode {
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}]");
  private static final int SHOWN_MAX = 200;

  private Unicode() {}

  /** Whether every surrogate is one of a pair, so that the text has a UTF-8 form. */
  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isSurrogatePair(c, text.charAt(i))) {
          return false;
        }
      }
    }
    return true;
  }

  /** Fit for a message: short, and without characters that move a terminal's cursor. */
  static String shown(String text) {
    String start = text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...";
    return CONTROL.matcher(start).replaceAll("?");
  }

  /** Compares in the order of the UTF-8 forms, which is that of code points. */
  static int compare(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        return Integer.compare(rank(a), rank(b));
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /** Surrogates stand for code points above all other characters. */
  private static int rank(char c) {
    return Character.isSurrogate(c) ? c + 0x10000 : c;
  }
}
