package io.aifs.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A JVM started without the vector module must load the same classes and give the same digests. */
class Blake3WithoutVectorsTest {
  private static final int BYTES = 300_000;

  @Test
  void digestsAreTheSameWithoutTheVectorModule() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PrintDigest.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed =
        new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(jvm.waitFor()).as(printed).isZero();
    assertThat(printed).isEqualTo("vectorized false, " + Digest.of(new byte[BYTES]));
  }

  /** The program of the other JVM. */
  static final class PrintDigest {
    private PrintDigest() {}

    static void main() {
      System.out.println("vectorized " + Blake3.vectorized() + ", " + Digest.of(new byte[BYTES]));
    }
  }
}
