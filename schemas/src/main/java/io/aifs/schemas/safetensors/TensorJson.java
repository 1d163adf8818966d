package io.aifs.schemas.safetensors;

import static io.aifs.schemas.safetensors.HeaderJson.require;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.TensorType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a header says of one tensor. For one thread. */
final class TensorJson {
  private final String place;
  private @Nullable ElementType element;
  private @Nullable List<Long> shape;
  private @Nullable List<Long> offsets;

  private TensorJson(String name) {
    this.place = HeaderJson.tensor(name);
  }

  /**
   * @param parser at the value of the member that has the tensor's name
   */
  static SafetensorsTensor of(String name, JsonParser parser)
      throws PayloadInvalidException, IOException {
    var json = new TensorJson(name);
    require(parser.currentToken() == JsonToken.START_OBJECT, json.place, "is no JSON object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      json.member(parser);
    }
    return json.tensor(name);
  }

  private void member(JsonParser parser) throws PayloadInvalidException, IOException {
    String member = parser.currentName();
    parser.nextToken();
    switch (member) {
      case "dtype" -> {
        require(element == null, place, "dtype is there twice");
        require(parser.currentToken() == JsonToken.VALUE_STRING, place, "dtype is not a string");
        String type = parser.getText();
        element =
            SafetensorsType.ofName(type)
                .orElseThrow(
                    () -> new PayloadInvalidException(place, "dtype is unknown: '" + type + "'"));
      }
      case "shape" -> {
        require(shape == null, place, "shape is there twice");
        shape = numbers(parser, member, TensorType.DIMENSIONS_MAX);
      }
      case "data_offsets" -> {
        require(offsets == null, place, "data_offsets is there twice");
        offsets = numbers(parser, member, 2);
      }
      default ->
          throw new PayloadInvalidException(place, "has an unknown member: '" + member + "'");
    }
  }

  private List<Long> numbers(JsonParser parser, String member, int countMax)
      throws PayloadInvalidException, IOException {
    require(
        parser.currentToken() == JsonToken.START_ARRAY, place, member + " is no array of numbers");
    List<Long> numbers = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      require(
          parser.currentToken() == JsonToken.VALUE_NUMBER_INT,
          place,
          member + " has what is no whole number");
      require(numbers.size() < countMax, place, member + " has over " + countMax + " numbers");
      require(
          parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER,
          place,
          member + " has a number that is out of all bounds");
      long number = parser.getLongValue();
      require(number >= 0, place, member + " has a negative number: " + number);
      numbers.add(number);
    }
    return numbers;
  }

  private SafetensorsTensor tensor(String name) throws PayloadInvalidException {
    ElementType knownElement = element;
    List<Long> knownShape = shape;
    List<Long> knownOffsets = offsets;
    if (knownElement == null || knownShape == null || knownOffsets == null) {
      throw new PayloadInvalidException(place, "has not all of dtype, shape and data_offsets");
    }
    require(knownOffsets.size() == 2, place, "data_offsets are not two numbers");
    long begin = knownOffsets.getFirst();
    long end = knownOffsets.getLast();
    require(begin <= end, place, "data_offsets end before they begin: " + knownOffsets);
    TensorType type = HeaderJson.type(name, knownElement, knownShape);
    require(
        end - begin == type.bytes(),
        place,
        "data_offsets are of "
            + (end - begin)
            + " bytes, but "
            + SafetensorsType.nameOf(knownElement)
            + " of shape "
            + knownShape
            + " takes "
            + type.bytes());
    return new SafetensorsTensor(name, type, begin);
  }
}
