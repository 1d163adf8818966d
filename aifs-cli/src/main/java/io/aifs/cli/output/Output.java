package io.aifs.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Results on standard output, in the mode that the user chose. Not thread-safe. Every method throws
 * {@link BrokenPipeException} when nobody reads any more.
 */
public final class Output {
  private static final int BUFFER_BYTES = 64 << 10;

  private final OutputMode mode;
  private final OutputStream out;

  public Output(OutputMode mode, OutputStream out) {
    this.mode = mode;
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
  }

  public OutputMode mode() {
    return mode;
  }

  /** Whether the reader is a person. */
  public boolean isTable() {
    return mode == OutputMode.TABLE;
  }

  /** A line for people; nothing in the other modes. */
  public void line(String text) throws IOException {
    if (isTable()) {
      print(text);
    }
  }

  /** A table for people; nothing in the other modes. */
  public void table(Table table) throws IOException {
    for (String line : table.lines()) {
      line(line);
    }
  }

  /** The one result for programs; nothing for people. */
  public void object(Fields fields) throws IOException {
    switch (mode) {
      case TABLE -> {}
      case JSON -> json(JsonText.pretty(out), fields);
      case JSONL -> json(JsonText.compact(out), fields);
    }
  }

  private void json(JsonGenerator generator, Fields fields) throws IOException {
    try (generator) {
      JsonText.write(generator, fields.map());
    }
    print("");
  }

  /** Begins a result of many rows; in JSON they stand in an array called {@code name}. */
  public Rows rows(String name) throws IOException {
    return switch (mode) {
      case TABLE -> new Rows.Lines(this::print);
      case JSON -> new Rows.Document(JsonText.pretty(out), name, () -> print(""));
      case JSONL -> new Rows.JsonLines(fields -> json(JsonText.compact(out), fields));
    };
  }

  private void print(String text) throws IOException {
    out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Where content itself goes. Flushed with the rest. */
  public OutputStream bytes() {
    return out;
  }

  public void flush() throws IOException {
    out.flush();
  }
}
