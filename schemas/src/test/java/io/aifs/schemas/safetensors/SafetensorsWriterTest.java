package io.aifs.schemas.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.testing.SeededTest;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.TensorType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class SafetensorsWriterTest {
  @Test
  void headIsAsTheFormatsOwnWriterMakesIt() {
    Map<String, TensorType> tensors =
        Map.of(
            "b", new TensorType(ElementType.BFLOAT16, List.of(2L, 3L)),
            "a", new TensorType(ElementType.UINT8, List.of()),
            "c", new TensorType(ElementType.FLOAT32, List.of(2L)));

    byte[] head =
        SafetensorsWriter.head(Map.of("format", "pt"), SafetensorsWriter.inOrder(tensors));

    String json =
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"c\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2,3],\"data_offsets\":[8,20]},"
            + "\"a\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[20,21]}}";
    int padding = (8 - json.length() % 8) % 8;
    assertThat(new String(head, 8, head.length - 8, UTF_8)).isEqualTo(json + " ".repeat(padding));
    assertThat(SafetensorsHeader.jsonBytes(head)).isEqualTo(head.length - 8);
  }

  @Test
  void whatIsWrittenIsRead() {
    SeededTest.run(
        200,
        random -> {
          SequencedMap<String, TensorType> tensors = new LinkedHashMap<>();
          ElementType[] elements = ElementType.values();
          for (int i = random.nextInt(20); i > 0; i--) {
            ElementType element = elements[random.nextInt(elements.length)];
            long length = random.nextLong(4);
            tensors.put(
                "layer.\"%d\".\n\u00fc\ud83d\ude00".formatted(i),
                new TensorType(element, List.of(length, 3L)));
          }
          long bytes = tensors.values().stream().mapToLong(TensorType::bytes).sum();
          byte[] head = SafetensorsWriter.head(Map.of("a", "\u0000"), tensors);

          SafetensorsHeader header =
              SafetensorsHeader.read(ByteSource.of(Arrays.copyOf(head, head.length + (int) bytes)));

          assertThat(header.bytes()).isEqualTo(head.length);
          assertThat(header.metadata()).isEqualTo(Map.of("a", "\u0000"));
          Map<String, TensorType> found = new HashMap<>();
          header.tensors().forEach(tensor -> found.put(tensor.name(), tensor.type()));
          assertThat(found).isEqualTo(tensors);
        });
  }

  @Test
  void nameOfTheMetadataIsRefused() {
    var tensors = new LinkedHashMap<String, TensorType>();
    tensors.put("__metadata__", new TensorType(ElementType.UINT8, List.of()));

    assertThatThrownBy(() -> SafetensorsWriter.head(Map.of(), tensors))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no tensor can be named __metadata__ in a safetensors file");
  }
}
