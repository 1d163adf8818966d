package io.aifs.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aifs.core.Limits;
import io.aifs.core.model.AssociationData;
import io.aifs.core.model.AssociationName;
import io.aifs.core.model.AssociationWrite;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Associations as lines of JSON, as {@code aifs assoc range -o jsonl} prints them: {@code id1},
 * {@code type}, {@code id2}; and {@code time} or {@code time_nanos}, {@code data} or {@code
 * data_base64} where there are some. Read in batches, so that memory does not grow with them.
 */
final class AssociationLines {
  /** Well below what a call may carry. */
  private static final long BATCH_BYTES = Limits.BATCH_BYTES_MAX / 2;

  private final BufferedReader reader;
  private final ObjectMapper json = new ObjectMapper();
  private long line;

  AssociationLines(BufferedReader reader) {
    this.reader = reader;
  }

  /** The next associations; empty at the end. */
  List<AssociationWrite> next() throws IOException {
    List<AssociationWrite> batch = new ArrayList<>();
    long bytes = 0;
    while (batch.size() < Limits.BATCH_ENTRIES_MAX && bytes < BATCH_BYTES) {
      String text = reader.readLine();
      if (text == null) {
        break;
      }
      line++;
      if (!text.isBlank()) {
        batch.add(read(text));
        bytes += text.length();
      }
    }
    return batch;
  }

  private AssociationWrite read(String text) {
    try {
      JsonNode node = json.readTree(text);
      AssociationName name =
          new AssociationName(
              AssociationText.id(field(node, "id1")),
              AssociationText.type(field(node, "type")),
              AssociationText.id(field(node, "id2")));
      return new AssociationWrite(name, time(node), data(node));
    } catch (JsonProcessingException _) {
      throw wrong("it is not JSON");
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage() + "");
    }
  }

  private String field(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isTextual()) {
      throw wrong("it has no text " + name);
    }
    return value.asText();
  }

  private Optional<Long> time(JsonNode node) {
    JsonNode nanos = node.path("time_nanos");
    if (nanos.isIntegralNumber() && nanos.canConvertToLong()) {
      return Optional.of(nanos.asLong());
    }
    if (!nanos.isMissingNode()) {
      throw wrong("time_nanos is no whole number");
    }
    return node.has("time")
        ? Optional.of(AssociationText.nanos("line " + line, field(node, "time")))
        : Optional.empty();
  }

  private AssociationData data(JsonNode node) {
    if (node.has("data_base64")) {
      return new AssociationData(Base64.getDecoder().decode(field(node, "data_base64")));
    }
    return node.has("data") ? AssociationData.of(field(node, "data")) : AssociationData.EMPTY;
  }

  private RuntimeException wrong(String why) {
    return Usage.error(
        "line " + line + ": " + why,
        "write {\"id1\":\"run:812\",\"type\":\"produced\",\"id2\":\"asset:...\"} on each line");
  }
}
