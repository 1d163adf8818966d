package io.aifs.server.audit;

/** Text of one JSON object, put together field by field. Not thread-safe. */
final class JsonText {
  private static final int TYPICAL_CHARS = 768;

  private final StringBuilder out = new StringBuilder(TYPICAL_CHARS);

  JsonText(String begin) {
    out.append(begin);
  }

  JsonText raw(String text) {
    out.append(text);
    return this;
  }

  JsonText number(long value) {
    out.append(value);
    return this;
  }

  /** A field behind others. */
  JsonText field(String name, String value) {
    return raw(",\"").raw(name).raw("\":").string(value);
  }

  /** A whole number as such, anything else as text. */
  JsonText value(Object value) {
    return value instanceof Long number ? number(number) : string(String.valueOf(value));
  }

  /** Text in quotes. What could break a line or end the quotes is escaped. */
  JsonText string(String text) {
    out.append('"');
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f || Character.isSurrogate(c)) {
        out.append("\\u").append(String.format("%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
