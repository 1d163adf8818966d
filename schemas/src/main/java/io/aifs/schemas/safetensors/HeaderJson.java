package io.aifs.schemas.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.TensorType;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the JSON of a header once, member by member. For one thread. */
final class HeaderJson {
  /** The one member that is no tensor. */
  static final String METADATA = "__metadata__";

  private static final int NAME_CHARACTERS_MAX = 4_096;
  private static final int NAMES_CHARACTERS_MAX = 16 << 20;
  private static final int METADATA_CHARACTERS_MAX = 16 << 20;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(8)
                  .maxNameLength(NAME_CHARACTERS_MAX)
                  .maxStringLength(METADATA_CHARACTERS_MAX)
                  .maxNumberLength(64)
                  .build())
          .build();

  private final InputStream in;
  private final Map<String, String> metadata = new HashMap<>();
  private final List<SafetensorsTensor> tensors = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private long nameCharacters;
  private long metadataCharacters;

  HeaderJson(InputStream in) {
    this.in = in;
  }

  Map<String, String> metadata() {
    return metadata;
  }

  /** In the order of their values. */
  List<SafetensorsTensor> tensors() {
    return tensors;
  }

  /**
   * @throws PayloadInvalidException if it is no JSON, or says of tensors what cannot be
   */
  void read() throws PayloadInvalidException, IOException {
    var text =
        new InputStreamReader(
            in,
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    try (JsonParser parser = FACTORY.createParser(text)) {
      members(parser);
    } catch (JsonProcessingException e) {
      throw new PayloadInvalidException(
          "header, character " + Math.max(0, e.getLocation().getCharOffset()),
          "is not JSON as the format has it: " + e.getOriginalMessage());
    } catch (CharacterCodingException _) {
      throw new PayloadInvalidException("header", "is not UTF-8");
    }
    requireWithoutGaps();
  }

  private void members(JsonParser parser) throws PayloadInvalidException, IOException {
    require(parser.nextToken() == JsonToken.START_OBJECT, "header", "is no JSON object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      nameCharacters += name.length();
      require(
          nameCharacters <= NAMES_CHARACTERS_MAX,
          "header",
          "the names are over " + NAMES_CHARACTERS_MAX + " characters");
      if (!names.add(name)) {
        throw new PayloadInvalidException(tensor(name), "is named twice");
      }
      require(
          StandardCharsets.UTF_8.newEncoder().canEncode(name),
          "header",
          "a name has half of a character");
      parser.nextToken();
      if (name.equals(METADATA)) {
        readMetadata(parser);
      } else {
        require(
            tensors.size() < SafetensorsHeader.TENSORS_MAX,
            "header",
            "there are over " + SafetensorsHeader.TENSORS_MAX + " tensors");
        tensors.add(TensorJson.of(name, parser));
      }
    }
    require(parser.nextToken() == null, "header", "does not end behind its object");
  }

  private void readMetadata(JsonParser parser) throws PayloadInvalidException, IOException {
    require(parser.currentToken() == JsonToken.START_OBJECT, METADATA, "is no JSON object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      require(
          parser.nextToken() == JsonToken.VALUE_STRING, METADATA, "'" + key + "' is not a string");
      String value = parser.getText();
      metadataCharacters += key.length() + value.length();
      require(
          metadataCharacters <= METADATA_CHARACTERS_MAX,
          METADATA,
          "is over " + METADATA_CHARACTERS_MAX + " characters");
      require(metadata.put(key, value) == null, METADATA, "'" + key + "' is there twice");
    }
  }

  private void requireWithoutGaps() throws PayloadInvalidException {
    tensors.sort(
        Comparator.comparingLong(SafetensorsTensor::begin)
            .thenComparingLong(SafetensorsTensor::end));
    long expected = 0;
    for (SafetensorsTensor tensor : tensors) {
      if (tensor.begin() != expected) {
        throw new PayloadInvalidException(
            tensor(tensor.name()),
            tensor.begin() < expected
                ? "begins at "
                    + tensor.begin()
                    + ", inside the tensor before, which ends at "
                    + expected
                : "begins at " + tensor.begin() + ", but the tensor before ends at " + expected);
      }
      expected = tensor.end();
    }
  }

  /** The place of a tensor, as messages name it. */
  static String tensor(String name) {
    return "tensor '" + name + "'";
  }

  static void require(boolean holds, String place, String otherwise)
      throws PayloadInvalidException {
    if (!holds) {
      throw new PayloadInvalidException(place, otherwise);
    }
  }

  /** A tensor's type, if there is such a type. */
  static TensorType type(String name, ElementType element, List<Long> shape)
      throws PayloadInvalidException {
    try {
      return new TensorType(element, shape);
    } catch (IllegalArgumentException e) {
      throw new PayloadInvalidException(tensor(name), String.valueOf(e.getMessage()));
    }
  }
}
