package io.aifs.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/** Text as UTF-8, without the stand-ins that {@link String} puts for what is not well formed. */
public final class Utf8 {
  private static final int SHOWN_CHARS_MAX = 80;

  /** The text; empty if the bytes are not UTF-8. */
  public static Optional<String> textOf(byte[] bytes) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  /** The bytes; empty if the text has a surrogate without its other half. */
  public static Optional<byte[]> bytesOf(String text) {
    try {
      ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return Optional.of(bytes);
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  /**
   * The bytes of a text that has a limit.
   *
   * @param what names the text in the message
   * @throws IllegalArgumentException if it is too long or has no bytes
   */
  public static byte[] bytesOf(String text, int bytesMax, String what) {
    // Every character takes a byte at least, so that no text is encoded only to be refused.
    if (text.length() <= bytesMax) {
      byte[] bytes =
          bytesOf(text)
              .orElseThrow(() -> new IllegalArgumentException(what + " is not valid Unicode"));
      if (bytes.length <= bytesMax) {
        return bytes;
      }
    }
    throw new IllegalArgumentException(what + " is over " + bytesMax + " bytes");
  }

  /** Fit for a message: in quotes, short, without characters that move a terminal's cursor. */
  public static String shown(String text) {
    StringBuilder shown = new StringBuilder("'");
    text.codePoints()
        .limit(SHOWN_CHARS_MAX)
        .forEach(
            point ->
                shown.appendCodePoint(
                    switch (Character.getType(point)) {
                      case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> '?';
                      default -> point;
                    }));
    if (text.codePointCount(0, text.length()) > SHOWN_CHARS_MAX) {
      shown.append("...");
    }
    return shown.append('\'').toString();
  }

  private Utf8() {}
}
