package io.aifs.crypto.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Any text as bytes and any bytes as text, so that one mutator serves both. Whatever bytes there
 * are stand for some text: UTF-8 for itself, the bytes of a lone surrogate for one, and bytes that
 * are no UTF-8 at all for lone surrogates, which no real UTF-8 can say.
 */
final class FuzzText {
  static byte[] encode(String text) {
    return text.getBytes(UTF_8);
  }

  static String decode(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (int at = 0; at < bytes.length; ) {
      int length = sequence(bytes, at);
      if (length == 0) {
        text.append((char) (Character.MIN_SURROGATE + (bytes[at] & 0xff)));
        at++;
      } else if (length == 4) {
        text.append(new String(bytes, at, length, UTF_8));
        at += length;
      } else {
        text.append((char) unit(bytes, at, length));
        at += length;
      }
    }
    return text.toString();
  }

  /** Bytes of the sequence that begins here, 0 if none does. */
  private static int sequence(byte[] bytes, int at) {
    int lead = bytes[at] & 0xff;
    int length =
        lead < 0x80 ? 1 : lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
    if (at + length > bytes.length) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  private static int unit(byte[] bytes, int at, int length) {
    int unit = length == 1 ? bytes[at] : bytes[at] & (0xff >> (length + 1));
    for (int i = 1; i < length; i++) {
      unit = (unit << 6) | (bytes[at + i] & 0x3f);
    }
    return unit;
  }

  private FuzzText() {}
}
