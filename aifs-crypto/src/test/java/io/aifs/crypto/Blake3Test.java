package io.aifs.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.testing.SeededTest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Blake3Test {
  @Test
  void publishedAnswersHoldThroughThePublicMethods() {
    for (Blake3Vector vector : Blake3Vector.all()) {
      byte[] input = vector.input();
      int bytes = Blake3Vector.OUTPUT_BYTES;
      assertThat(hex(Blake3.hash(input, bytes))).isEqualTo(vector.hash());
      assertThat(hex(Blake3.hash(input))).isEqualTo(vector.hash().substring(0, 64));
      assertThat(hex(Blake3.keyedHash(Blake3Vector.KEY, input, bytes)))
          .isEqualTo(vector.keyedHash());
      assertThat(hex(Blake3.keyedHash(Blake3Vector.KEY, input)))
          .isEqualTo(vector.keyedHash().substring(0, 64));
      assertThat(hex(Blake3.deriveKey(Blake3Vector.CONTEXT, input, bytes)))
          .isEqualTo(vector.derivedKey());
    }
  }

  @Test
  void everyModeAgreesWithBouncyCastleOnRandomInput() {
    SeededTest.run(
        100,
        random -> {
          byte[] data = new byte[random.nextInt(1 << (1 + random.nextInt(17)))];
          byte[] key = new byte[32];
          random.nextBytes(data);
          random.nextBytes(key);
          String context = "test context \u00e9 " + random.nextLong();
          int bytes = random.nextInt(300);
          assertThat(Blake3.hash(data, bytes)).isEqualTo(Blake3Oracle.hash(data, bytes));
          assertThat(Blake3.keyedHash(key, data, bytes))
              .isEqualTo(Blake3Oracle.keyedHash(key, data, bytes));
          assertThat(Blake3.deriveKey(context, data, bytes))
              .isEqualTo(Blake3Oracle.deriveKey(context, data, bytes));
        });
  }

  @Test
  void keyOfWrongLengthAndNegativeOutputAreRefused() {
    assertThatThrownBy(() -> Blake3.keyedHash(new byte[31], new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("key is not 32 bytes: 31");
    assertThatThrownBy(() -> Blake3.hash(new byte[0], -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("outBytes is negative: -1");
  }

  @Test
  void warmUpLeavesResultsAsTheyWere() {
    Blake3.warmUp();
    assertThat(hex(Blake3.hash(new byte[0])))
        .isEqualTo("af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
