package io.aifs.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.testing.ArrayContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Proofs that {@code make_fixtures.py} wrote from the page alone are read, and written the same.
 */
class RangeProofFixtureTest {
  @ParameterizedTest
  @CsvSource({
    "middle, 150000, 70000, 5000",
    "end, 150000, 149000, 1000",
    "whole, 150000, 0, 150000",
    "nothing, 150000, 65536, 0",
    "one-chunk, 1000, 10, 90",
    "empty, 0, 0, 0"
  })
  void proofsOfVersion1(String name, int size, int offset, int length) throws IOException {
    byte[] content = new byte[size];
    for (int i = 0; i < size; i++) {
      content[i] = (byte) ((i * 2_654_435_761L) >> 24);
    }
    byte[] expected = bytes(name);
    RangeProof proof = RangeProof.parse(expected);
    assertThat(proof.asset()).isEqualTo(Digest.of(content));
    assertThat(proof.size()).isEqualTo(size);
    assertThat(proof.offset()).isEqualTo(offset);
    assertThat(proof.length()).isEqualTo(length);
    RangeProofVerifier.verify(proof, content, offset, length);
    assertThat(ArrayContent.prove(content, offset, length).toBytes()).isEqualTo(expected);
  }

  private static byte[] bytes(String name) throws IOException {
    String resource = "/range-proof/" + name + ".aifsproof";
    try (InputStream in = RangeProofFixtureTest.class.getResourceAsStream(resource)) {
      return Objects.requireNonNull(in, resource).readAllBytes();
    }
  }
}
