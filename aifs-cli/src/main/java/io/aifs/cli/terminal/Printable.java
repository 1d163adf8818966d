package io.aifs.cli.terminal;

/** Text from elsewhere, made safe to show: nothing in it can move the cursor or fake a line. */
public final class Printable {
  /** {@code text} with control and invisible formatting characters written as escapes. */
  public static String of(String text) {
    if (text.codePoints().allMatch(Printable::isPlain)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints().forEach(c -> append(shown, c));
    return shown.toString();
  }

  private static void append(StringBuilder shown, int c) {
    switch (c) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        if (isPlain(c)) {
          shown.appendCodePoint(c);
        } else {
          shown.append(c < 0x100 ? "\\x%02x".formatted(c) : "\\u{%x}".formatted(c));
        }
      }
    }
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      // Direction overrides can make a name look like another; joiners inside words cannot.
      case Character.FORMAT -> c == 0x200c || c == 0x200d || c == 0xad;
      default -> true;
    };
  }

  private Printable() {}
}
