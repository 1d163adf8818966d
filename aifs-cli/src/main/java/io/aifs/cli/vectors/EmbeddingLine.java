package io.aifs.cli.vectors;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aifs.core.model.EmbeddingName;

/**
 * What is to be embedded, as a line of JSON: {@code asset} with an id or {@code path} with the
 * address of a file, {@code vector}, and {@code part} if it is not the whole.
 *
 * @param address of the asset
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record EmbeddingLine(String address, String part, float[] vector) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public EmbeddingLine {
    requireNonNull(address, "address is null");
    EmbeddingName.requirePart(part);
    requireNonNull(vector, "vector is null");
  }

  /**
   * @throws IllegalArgumentException if it is no such line
   */
  public static EmbeddingLine parse(String line) {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (JsonProcessingException _) {
      throw new IllegalArgumentException("it is not JSON");
    }
    boolean byId = node.has("asset");
    if (byId == node.has("path")) {
      throw new IllegalArgumentException("it has neither asset nor path, or both");
    }
    return new EmbeddingLine(
        text(node, byId ? "asset" : "path"),
        node.has("part") ? text(node, "part") : "",
        VectorFile.vector(node.path("vector")));
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(name + " is no text");
    }
    return value.asText();
  }
}
