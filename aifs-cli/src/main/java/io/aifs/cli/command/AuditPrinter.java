package io.aifs.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Output;
import io.aifs.cli.output.OutputMode;
import io.aifs.cli.output.Rows;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.progress.Progress;
import io.aifs.cli.terminal.Printable;
import io.aifs.client.Audit;
import io.aifs.core.ExitCode;
import io.aifs.core.audit.AuditHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How records of the audit log, and what is wrong with it, are printed. */
final class AuditPrinter {
  private static final int TIME_CHARS = 19;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Prints a record: the line as it is for {@code -o jsonl}, so that its digest holds. */
  static void print(Output output, Rows rows, String record) throws IOException {
    if (output.mode() == OutputMode.JSONL) {
      output.bytes().write((record + "\n").getBytes(StandardCharsets.UTF_8));
      return;
    }
    Map<String, Object> fields = parsed(record);
    Fields shown = new Fields();
    fields.forEach(shown::with);
    rows.add(fields.isEmpty() ? Printable.of(record) : line(fields), shown);
  }

  private static Map<String, Object> parsed(String record) {
    try {
      return JSON.readValue(record, new TypeReference<LinkedHashMap<String, Object>>() {});
    } catch (JsonProcessingException _) {
      return Map.of();
    }
  }

  /** Number, time, outcome, method, namespace, who, what. */
  private static String line(Map<String, Object> fields) {
    StringBuilder line = new StringBuilder();
    line.append("%6s  %s".formatted(text(fields, "seq"), time(text(fields, "at"))));
    String outcome = text(fields, "outcome");
    line.append("  ").append(outcome);
    if (!outcome.equals("OK")) {
      line.append(' ').append(text(fields, "reason"));
    }
    line.append("  ").append(text(fields, "method"));
    String namespace = text(fields, "namespace");
    line.append(namespace.isEmpty() ? "" : "  " + namespace);
    String token = text(fields, "token");
    line.append(token.isEmpty() ? "" : "  token " + token);
    if (fields.get("what") instanceof Map<?, ?> what) {
      Map<String, Object> sorted = new TreeMap<>();
      what.forEach((key, value) -> sorted.put(String.valueOf(key), String.valueOf(value)));
      sorted.forEach((key, value) -> line.append("  ").append(key).append('=').append(value));
    }
    String count = text(fields, "count");
    if (!count.isEmpty() && !count.equals("1")) {
      line.append("  ").append(count).append(" times");
    }
    return Printable.of(line.toString());
  }

  private static String time(String at) {
    return at.length() < TIME_CHARS ? at : at.substring(0, TIME_CHARS).replace('T', ' ');
  }

  private static String text(Map<String, Object> fields, String name) {
    Object value = fields.get(name);
    return value == null ? "" : value.toString();
  }

  /** Prints what is wrong as it is found, and knows how far a check is. */
  static final class Problems implements Audit.Listener, Progress {
    private final Rows rows;
    private volatile long records;
    private long count;

    Problems(Rows rows) {
      this.rows = rows;
    }

    @Override
    public void checked(long soFar) {
      records = soFar;
    }

    @Override
    public void problem(String sentence) {
      count++;
      try {
        rows.add(Printable.of(sentence), Fields.of("problem", sentence));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String text(long elapsedNanos) {
      return Sizes.count(records, "record") + " checked";
    }

    /** Prints the end; a broken chain is exit code 7. */
    ExitCode finish(long checked, Optional<AuditHead> head) throws IOException {
      rows.summary(
          "checked %s: %s%s"
              .formatted(
                  Sizes.count(checked, "record"),
                  count == 0 ? "the chain is whole" : Sizes.count(count, "problem"),
                  head.map(newest -> "; the newest is " + newest).orElse("")),
          Fields.of("records", checked)
              .with("count", count)
              .with("whole", count == 0)
              .with("head", head));
      return count == 0 ? ExitCode.OK : ExitCode.INTEGRITY;
    }
  }

  private AuditPrinter() {}
}
