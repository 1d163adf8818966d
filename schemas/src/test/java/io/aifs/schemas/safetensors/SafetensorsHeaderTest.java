package io.aifs.schemas.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsHeaderTest {
  @Test
  void tensorsAreReadInTheOrderOfTheirValues() throws Exception {
    byte[] file =
        file(
            """
            {"__metadata__":{"format":"pt"},
             "b":{"dtype":"BF16","shape":[2,3],"data_offsets":[8,20]},
             "a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},
             "none":{"dtype":"F64","shape":[0,7],"data_offsets":[20,20]} }""",
            20);

    SafetensorsHeader header = SafetensorsHeader.read(ByteSource.of(file));

    assertThat(header.metadata()).isEqualTo(Map.of("format", "pt"));
    assertThat(header.bytes()).isEqualTo(file.length - 20);
    assertThat(header.tensors())
        .containsExactly(
            new SafetensorsTensor("a", new TensorType(ElementType.FLOAT32, List.of(2L)), 0),
            new SafetensorsTensor("b", new TensorType(ElementType.BFLOAT16, List.of(2L, 3L)), 8),
            new SafetensorsTensor(
                "none", new TensorType(ElementType.FLOAT64, List.of(0L, 7L)), 20));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [] | header: is no JSON object
          {} x | header, character 4: is not JSON
          {} {} | header: does not end behind its object
          {"a":1} | tensor 'a': is no JSON object
          {"a":{}} | tensor 'a': has not all of
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | tensor 'a': is named twice
          {"a":{"dtype":"F32","dtype":"F32"}} | tensor 'a': dtype is there twice
          {"a":{"dtype":"F4","shape":[4],"data_offsets":[0,8]}} | tensor 'a': dtype is unknown: 'F4'
          {"a":{"dtype":7,"shape":[4],"data_offsets":[0,8]}} | tensor 'a': dtype is not a string
          {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}} | tensor 'a': shape has a negative number: -2
          {"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}} | tensor 'a': shape has what is no whole number
          {"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}} | tensor 'a': shape is no array
          {"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}} | tensor 'a': the shape is of over 2^63 - 1 bytes
          {"a":{"dtype":"F32","shape":[0,9223372036854775807,9],"data_offsets":[0,0]}} | tensor 'a': the shape is of over 2^63 - 1 bytes
          {"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}} | tensor 'a': shape has a number that is out of all bounds
          {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}} | tensor 'a': data_offsets are of 8 bytes, but F32 of shape [3] takes 12
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}} | tensor 'a': data_offsets end before they begin
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,9]}} | tensor 'a': data_offsets has over 2 numbers
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}} | tensor 'a': data_offsets are not two numbers
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[2],"data_offsets":[2,10]}} | tensor 'b': begins at 2, inside the tensor before, which ends at 4
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[2],"data_offsets":[6,8]}} | tensor 'b': begins at 6, but the tensor before ends at 4
          {"a":{"dtype":"U8","shape":[7],"data_offsets":[1,8]}} | tensor 'a': begins at 1, but the tensor before ends at 0
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | the tensors are of 4 bytes, but 8 follow
          {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}} | the tensors are of 12 bytes, but 8 follow
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}} | tensor 'a': has an unknown member: 'more'
          {"__metadata__":{"a":1}} | __metadata__: 'a' is not a string
          {"__metadata__":{"a":"1","a":"2"}} | __metadata__: 'a' is there twice
          {"\\ud800":1} | header: a name has half of a character
          {"a" | is not JSON
          """)
  void whatIsWrongIsSaidOfTheTensor(String json, String message) {
    assertThatThrownBy(() -> SafetensorsHeader.read(ByteSource.of(file(json, 8))))
        .isInstanceOf(PayloadInvalidException.class)
        .hasMessageContaining(message);
  }

  @Test
  void headerOfTwoGibibytesCostsNothing() {
    byte[] file = file("{}", 0);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 2L << 30);

    assertThatThrownBy(() -> SafetensorsHeader.read(ByteSource.of(file)))
        .isInstanceOf(PayloadInvalidException.class)
        .hasMessage("byte 0: the header claims 2147483648 bytes; at most 100000000 are allowed");
  }

  @Test
  void headerBeyondTheFileIsRefused() {
    byte[] file = Arrays.copyOf(file("{}    ", 0), 12);

    assertThatThrownBy(() -> SafetensorsHeader.read(ByteSource.of(file)))
        .isInstanceOf(PayloadInvalidException.class)
        .hasMessage("byte 0: the header claims 6 bytes, but only 4 follow");
  }

  @Test
  void otherEncodingsAreRefused() {
    byte[] file = file("{\"?\":{}}", 0);
    file[10] = (byte) 0xff;

    assertThatThrownBy(() -> SafetensorsHeader.read(ByteSource.of(file)))
        .isInstanceOf(PayloadInvalidException.class)
        .hasMessage("header: is not UTF-8");
  }

  static byte[] file(String json, int dataBytes) {
    byte[] text = json.getBytes(UTF_8);
    return ByteBuffer.allocate(8 + text.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }
}
