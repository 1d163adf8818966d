package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A transform's name and digest as one text: in positions of pages, and as data for people. */
final class LineageTail {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,4}):(.*)", Pattern.DOTALL);

  private LineageTail() {}

  /** The name's length, a colon, the name and the digest. */
  static String of(ParentEdge edge) {
    return edge.transformName().length() + ":" + edge.transformName() + edge.transformDigest();
  }

  /** An edge to {@code parent} with the transform of such a text; of any other, with the lowest. */
  static ParentEdge read(Digest parent, String tail) {
    Matcher matcher = FORM.matcher(tail);
    if (matcher.matches()) {
      String rest = matcher.group(2);
      int length = Integer.parseInt(matcher.group(1));
      if (length <= rest.length()) {
        try {
          return new ParentEdge(parent, rest.substring(0, length), rest.substring(length));
        } catch (IllegalArgumentException _) {
          // of a page token that no listing gave
        }
      }
    }
    return new ParentEdge(parent, "", "");
  }

  /** A JSON object of {@code transform} and {@code digest}. */
  static String json(ParentEdge edge) {
    StringBuilder json = new StringBuilder("{\"transform\":");
    quote(json, edge.transformName());
    json.append(",\"digest\":");
    quote(json, edge.transformDigest());
    return json.append('}').toString();
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
