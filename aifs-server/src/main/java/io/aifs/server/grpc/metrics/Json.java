package io.aifs.server.grpc.metrics;

import java.util.List;
import java.util.Map;

/** Writes JSON text; reading it is for others. */
public final class Json {
  private Json() {}

  /**
   * Text of a value: {@code Map} with string keys, {@code List}, {@code String}, {@code Number} or
   * {@code Boolean}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static String text(Object value) {
    StringBuilder out = new StringBuilder();
    append(out, value);
    return out.toString();
  }

  private static void append(StringBuilder out, Object value) {
    switch (value) {
      case Map<?, ?> map -> appendMap(out, map);
      case List<?> list -> appendList(out, list);
      case String string -> appendString(out, string);
      case Number number -> out.append(number);
      case Boolean truth -> out.append(truth);
      default -> throw new IllegalArgumentException("value is not JSON: " + value.getClass());
    }
  }

  private static void appendMap(StringBuilder out, Map<?, ?> map) {
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      appendString(out, String.valueOf(entry.getKey()));
      out.append(':');
      append(out, entry.getValue());
      separator = ",";
    }
    out.append('}');
  }

  private static void appendList(StringBuilder out, List<?> list) {
    out.append('[');
    String separator = "";
    for (Object item : list) {
      out.append(separator);
      append(out, item);
      separator = ",";
    }
    out.append(']');
  }

  private static void appendString(StringBuilder out, String string) {
    out.append('"');
    for (int at = 0; at < string.length(); at++) {
      char c = string.charAt(at);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        default -> {
          if (c < ' ' || Character.isSurrogate(c)) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
