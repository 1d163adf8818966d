package io.aifs.cli.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.model.FloatVectors;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The forms that vectors come in. */
class VectorFileTest {
  static byte[] numpy(String header, float... values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.write(text.length & 0xff);
    out.write(text.length >> 8);
    out.writeBytes(text);
    out.writeBytes(FloatVectors.encode(values));
    return out.toByteArray();
  }

  private static List<float[]> json(String text) {
    return VectorFile.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void rawValuesAreOneVector() {
    assertThat(VectorFile.parse(FloatVectors.encode(new float[] {1, -2.5f, 3})))
        .containsExactly(new float[] {1, -2.5f, 3});
  }

  @Test
  void rawValuesMayBeginAsJsonDoes() {
    byte[] bytes = {'[', 0x10, 0x20, 0x3f};
    assertThat(VectorFile.parse(bytes)).containsExactly(FloatVectors.decode(bytes));
  }

  @Test
  void jsonIsOneVectorOrMany() {
    assertThat(json(" [1, 2.5]")).containsExactly(new float[] {1, 2.5f});
    assertThat(json("[[1, 2], [3, 4e1]]")).containsExactly(new float[] {1, 2}, new float[] {3, 40});
  }

  @Test
  void numpyArraysAreReadRowByRow() {
    String one = "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }   \n";
    assertThat(VectorFile.parse(numpy(one, 1, 2, 3))).containsExactly(new float[] {1, 2, 3});
    String two = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }\n";
    assertThat(VectorFile.parse(numpy(two, 1, 2, 3, 4)))
        .containsExactly(new float[] {1, 2}, new float[] {3, 4});
  }

  @Test
  void whatIsNoVectorIsRefused() {
    for (String text :
        List.of("", "[]", "[[]]", "[1, \"x\"]", "[1, null]", "[1e39]", "[[1], 2]", "[1", "abcde")) {
      assertThatThrownBy(() -> json(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("null");
    }
    for (String header :
        List.of(
            "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }",
            "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1), }",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 1), }",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (0,), }",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (), }")) {
      assertThatThrownBy(() -> VectorFile.parse(numpy(header, 1)))
          .as(header)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("NumPy");
    }
  }
}
