package io.aifs.cli.vectors;

import io.aifs.core.model.FloatVectors;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of vectors, and lines that say what is to be embedded. */
class VectorsFuzzTest {
  private static final byte[] NUMPY =
      VectorFileTest.numpy(
          "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }\n", 1, 2, 3, 4);

  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    byte[] raw = FloatVectors.encode(new float[] {1, -0.5f, 3});
    byte[] json = "[[1, 2.5e-3], [3, 4]]".getBytes(StandardCharsets.UTF_8);
    return List.of(
        FuzzTarget.bytes(VectorFile.class, "parse", VectorFile::parse, raw, json, NUMPY),
        FuzzTarget.bytes(
            VectorFile.class,
            "read",
            bytes -> VectorFile.read(new ByteArrayInputStream(bytes)),
            raw,
            json),
        FuzzTarget.bytes(NumpyFile.class, "parse", NumpyFile::parse, NUMPY),
        FuzzTarget.text(
            EmbeddingLine.class,
            "parse",
            EmbeddingLine::parse,
            "{\"asset\": \"" + "ab".repeat(32) + "\", \"vector\": [1, 0.5]}",
            "{\"path\": \"main:cats/1.png\", \"part\": \"p1\", \"vector\": [1, -2e3]}"));
  }
}
