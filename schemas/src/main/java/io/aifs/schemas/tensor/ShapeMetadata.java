package io.aifs.schemas.tensor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.aifs.schemas.PayloadInvalidException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What the metadata of a column say of the tensors in it, as JSON.
 *
 * @param shape of the values as they lie
 * @param dimensionNames empty, or one for each dimension as they lie
 * @param permutation empty, or for each dimension as it is meant the number of the one that lies
 */
record ShapeMetadata(List<Long> shape, List<String> dimensionNames, List<Integer> permutation) {
  private static final String SHAPE = "shape";
  private static final String NAMES = "dim_names";
  private static final String PERMUTATION = "permutation";

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(16)
                  .maxNumberLength(64)
                  .maxNameLength(1_024)
                  .build())
          .build();

  ShapeMetadata {
    shape = List.copyOf(shape);
    dimensionNames = List.copyOf(dimensionNames);
    permutation = List.copyOf(permutation);
  }

  /**
   * @throws PayloadInvalidException if it is no JSON, or of no shape
   */
  static ShapeMetadata parse(String json) throws PayloadInvalidException {
    List<Long> shape = null;
    List<String> names = List.of();
    List<Integer> permutation = List.of();
    try (JsonParser parser = FACTORY.createParser(json)) {
      require(parser.nextToken() == JsonToken.START_OBJECT, "is no JSON object");
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String member = parser.currentName();
        boolean there = parser.nextToken() != JsonToken.VALUE_NULL;
        switch (member) {
          case SHAPE -> shape = numbers(parser, member);
          case NAMES -> names = there ? strings(parser) : List.of();
          case PERMUTATION ->
              permutation =
                  there
                      ? numbers(parser, member).stream().map(ShapeMetadata::dimension).toList()
                      : List.of();
          default -> parser.skipChildren(); // readers pass over what they do not know
        }
      }
      require(parser.nextToken() == null, "does not end behind its object");
    } catch (JsonProcessingException e) {
      throw invalid("is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot be read", e);
    }
    if (shape == null) {
      throw invalid("has no shape");
    }
    return checked(new ShapeMetadata(shape, names, permutation));
  }

  private static ShapeMetadata checked(ShapeMetadata metadata) throws PayloadInvalidException {
    int dimensions = metadata.shape.size();
    require(
        metadata.dimensionNames.isEmpty() || metadata.dimensionNames.size() == dimensions,
        "has " + metadata.dimensionNames.size() + " dim_names for " + dimensions + " dimensions");
    List<Integer> sorted = metadata.permutation.stream().sorted().toList();
    boolean holds = sorted.isEmpty() || sorted.size() == dimensions;
    for (int i = 0; holds && i < sorted.size(); i++) {
      holds = sorted.get(i) == i;
    }
    require(holds, "permutation is none of " + dimensions + " dimensions");
    return metadata;
  }

  private static List<Long> numbers(JsonParser parser, String member)
      throws PayloadInvalidException, IOException {
    List<Long> numbers = new ArrayList<>();
    requireArray(parser, member);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      require(
          parser.currentToken() == JsonToken.VALUE_NUMBER_INT
              && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER,
          member + " has what is no whole number");
      require(numbers.size() < TensorType.DIMENSIONS_MAX, member + " has too many numbers");
      long number = parser.getLongValue();
      require(number >= 0, member + " has a negative number: " + number);
      numbers.add(number);
    }
    return numbers;
  }

  private static int dimension(long number) {
    return (int) Math.min(number, Integer.MAX_VALUE);
  }

  private static List<String> strings(JsonParser parser)
      throws PayloadInvalidException, IOException {
    List<String> strings = new ArrayList<>();
    requireArray(parser, NAMES);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      require(parser.currentToken() == JsonToken.VALUE_STRING, NAMES + " has what is no string");
      require(strings.size() < TensorType.DIMENSIONS_MAX, NAMES + " has too many strings");
      strings.add(parser.getText());
    }
    return strings;
  }

  private static void requireArray(JsonParser parser, String member)
      throws PayloadInvalidException {
    require(parser.currentToken() == JsonToken.START_ARRAY, member + " is no array");
  }

  /** Whether dimensions lie in another order than they are meant. */
  boolean isPermuted() {
    return LongStream.range(0, permutation.size()).anyMatch(i -> permutation.get((int) i) != i);
  }

  /** The JSON, without what is empty. */
  String json() {
    var text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeFieldName(SHAPE);
      json.writeArray(shape.stream().mapToLong(Long::longValue).toArray(), 0, shape.size());
      if (!dimensionNames.isEmpty()) {
        json.writeFieldName(NAMES);
        json.writeArray(dimensionNames.toArray(String[]::new), 0, dimensionNames.size());
      }
      if (!permutation.isEmpty()) {
        json.writeFieldName(PERMUTATION);
        json.writeArray(
            permutation.stream().mapToInt(Integer::intValue).toArray(), 0, permutation.size());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot be written", e);
    }
    return text.toString();
  }

  private static void require(boolean holds, String otherwise) throws PayloadInvalidException {
    if (!holds) {
      throw invalid(otherwise);
    }
  }

  private static PayloadInvalidException invalid(String what) {
    return new PayloadInvalidException("shape of the column", what);
  }
}
