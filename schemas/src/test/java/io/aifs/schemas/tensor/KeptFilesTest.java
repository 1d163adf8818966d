package io.aifs.schemas.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.schemas.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as they were written once: ours never change, and those of others stay readable. */
class KeptFilesTest {
  private static final List<Long> SHAPE = List.of(2L, 3L);
  private static final List<String> NAMES = List.of("x", "y");

  @Test
  void fileIsWrittenAsEver() throws Exception {
    var type = new TensorType(ElementType.BFLOAT16, SHAPE, NAMES);
    var tensor = new Tensor("w", type, counted(12));

    assertThat(TensorSamples.file(tensor)).isEqualTo(resource("bfloat16.arrow"));
    assertThat(TensorCodec.decode(ByteSource.of(resource("bfloat16.arrow")))).isEqualTo(tensor);
  }

  @Test
  void streamIsWrittenAsEver() throws Exception {
    var type = new TensorType(ElementType.BOOL, SHAPE, NAMES);
    var tensor = new Tensor("w", type, counted(6));

    assertThat(TensorSamples.stream(tensor)).isEqualTo(resource("bool.arrows"));
    assertThat(TensorCodec.decode(ByteSource.of(resource("bool.arrows")))).isEqualTo(tensor);
  }

  /** By apache-arrow 21.2.0 for JavaScript: batches of two and one rows, with a permutation. */
  @ParameterizedTest
  @ValueSource(strings = {"apache-arrow-js.arrow", "apache-arrow-js.arrows"})
  void filesOfArrowForJavaScriptAreRead(String name) throws Exception {
    Tensor tensor = TensorCodec.decode(ByteSource.of(resource(name)));

    assertThat(tensor.name()).isEqualTo("w");
    assertThat(tensor.type()).isEqualTo(new TensorType(ElementType.FLOAT32, List.of(3L, 3L, 2L)));
    for (int row = 0; row < 3; row++) {
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 2; j++) {
          float lying = (row * 6 + j * 3 + i) / 8f;
          assertThat(tensor.values().getFloat(4 * (row * 6 + i * 2 + j))).isEqualTo(lying);
        }
      }
    }
  }

  private static ByteBuffer counted(int length) {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    for (int i = 0; i < length; i++) {
      bytes.put((byte) (i + 1));
    }
    return bytes.flip();
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = Objects.requireNonNull(KeptFilesTest.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    }
  }
}
