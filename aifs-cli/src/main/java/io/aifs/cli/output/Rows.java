package io.aifs.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.Closeable;
import java.io.IOException;

/** A result of many rows, written as they come, so that memory does not grow with them. */
public sealed interface Rows extends Closeable {
  /** One row: a line for people, fields for programs. */
  void add(String line, Fields fields) throws IOException;

  /** What follows the rows; at most once, after the last row. */
  void summary(String line, Fields fields) throws IOException;

  /** Ends the result. */
  @Override
  void close() throws IOException;

  /** Writes a line. */
  interface LineWriter {
    void print(String line) throws IOException;
  }

  /** Writes an object on a line of its own. */
  interface ObjectWriter {
    void write(Fields fields) throws IOException;
  }

  /** Something to do at the end. */
  interface End {
    void run() throws IOException;
  }

  /** Rows for people. An empty line is left out. */
  record Lines(LineWriter writer) implements Rows {
    @Override
    public void add(String line, Fields fields) throws IOException {
      if (!line.isEmpty()) {
        writer.print(line);
      }
    }

    @Override
    public void summary(String line, Fields fields) throws IOException {
      add(line, fields);
    }

    @Override
    public void close() {}
  }

  /** Each row an object on a line; the summary one with the single field {@code summary}. */
  record JsonLines(ObjectWriter writer) implements Rows {
    @Override
    public void add(String line, Fields fields) throws IOException {
      writer.write(fields);
    }

    @Override
    public void summary(String line, Fields fields) throws IOException {
      writer.write(Fields.of("summary", fields.map()));
    }

    @Override
    public void close() {}
  }

  /** One object: the rows in an array, then the fields of the summary. */
  final class Document implements Rows {
    private final JsonGenerator json;
    private final End end;
    private boolean inRows = true;

    Document(JsonGenerator json, String name, End end) throws IOException {
      this.json = json;
      this.end = end;
      json.writeStartObject();
      json.writeArrayFieldStart(name);
    }

    @Override
    public void add(String line, Fields fields) throws IOException {
      JsonText.write(json, fields.map());
    }

    @Override
    public void summary(String line, Fields fields) throws IOException {
      endRows();
      JsonText.writeFields(json, fields.map());
    }

    private void endRows() throws IOException {
      if (inRows) {
        json.writeEndArray();
        inRows = false;
      }
    }

    @Override
    public void close() throws IOException {
      endRows();
      json.writeEndObject();
      json.close();
      end.run();
    }
  }
}
