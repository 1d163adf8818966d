package io.aifs.server.grpc.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call in protobuf's text format, with blanks for what it names: {@code $} and the name of a
 * {@link Blank}, and a digit where several are about one thing.
 *
 * @param method full name
 * @param messages one or, of a call that streams, several
 * @param consuming whether what it names is gone once it is done
 */
record Template(String method, List<String> messages, boolean consuming) {
  private static final Pattern BLANK = Pattern.compile("\\$([a-z]+)([0-9]?)");

  Template {
    messages = List.copyOf(messages);
  }

  /**
   * Reads lines of {@code service/Method | message ;; message}; a {@code !} after the method says
   * that the call consumes.
   */
  static List<Template> parse(String lines) {
    List<Template> templates = new ArrayList<>();
    String service = "";
    for (String line : lines.lines().map(String::strip).toList()) {
      int bar = line.indexOf('|');
      if (bar < 0) {
        service = line;
      } else {
        String method = line.substring(0, bar).strip();
        boolean consuming = method.endsWith("!");
        List<String> messages = List.of(line.substring(bar + 1).split(";;", -1));
        templates.add(new Template(service + "/" + method.replace("!", ""), messages, consuming));
      }
    }
    return templates;
  }

  /** Fills the blanks in. */
  List<String> filled(Blanks blanks) {
    return messages.stream()
        .map(
            message ->
                BLANK
                    .matcher(message)
                    .replaceAll(
                        blank ->
                            Matcher.quoteReplacement(blanks.fill(blank.group(1), blank.group(2)))))
        .toList();
  }

  /** What is put for a blank. */
  @FunctionalInterface
  interface Blanks {
    String fill(String blank, String digit);
  }
}
