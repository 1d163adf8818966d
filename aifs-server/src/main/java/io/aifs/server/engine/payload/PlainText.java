package io.aifs.server.engine.payload;

import java.nio.charset.StandardCharsets;

/** Text out of content, made fit to be kept and shown. */
final class PlainText {
  /**
   * As much of it as fits, without characters that are not for reading.
   *
   * @param bytesMax of UTF-8
   */
  static String cut(String text, int bytesMax) {
    StringBuilder plain = new StringBuilder();
    int bytes = 0;
    int at = 0;
    while (at < text.length()) {
      int original = text.codePointAt(at);
      int character = isPlain(original) ? original : '?';
      bytes += Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > bytesMax) {
        break;
      }
      plain.appendCodePoint(character);
      at += Character.charCount(original);
    }
    return plain.toString();
  }

  private static boolean isPlain(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private PlainText() {}
}
