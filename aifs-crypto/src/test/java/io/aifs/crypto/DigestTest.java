package io.aifs.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.testing.SeededTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DigestTest {
  private static final String EMPTY =
      "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";

  @Test
  void digestIsBlake3OfTheContent() {
    assertThat(Digest.of(new byte[0]).hex()).isEqualTo(EMPTY);
    byte[] content = "xabcx".getBytes(StandardCharsets.UTF_8);
    assertThat(Digest.of(content, 1, 3).toBytes())
        .isEqualTo(Blake3Oracle.hash("abc".getBytes(StandardCharsets.UTF_8), 32));
    assertThatThrownBy(() -> Digest.of(content, 3, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void textAndBytesRoundTrip() {
    SeededTest.run(
        200,
        random -> {
          byte[] bytes = new byte[40];
          random.nextBytes(bytes);
          Digest digest = Digest.fromBytes(bytes, 5);
          assertThat(digest.toBytes()).isEqualTo(Arrays.copyOfRange(bytes, 5, 37));
          assertThat(Digest.parse(digest.hex())).isEqualTo(digest).hasSameHashCodeAs(digest);
          assertThat(Digest.fromBytes(digest.toBytes())).isEqualTo(digest);
          assertThat(digest).hasToString(digest.hex());
          byte[] out = bytes.clone();
          digest.writeTo(out, 5);
          assertThat(out).isEqualTo(bytes);
        });
  }

  @Test
  void orderIsThatOfUnsignedBytesAndOfText() {
    SeededTest.run(
        1_000,
        random -> {
          byte[] a = new byte[32];
          random.nextBytes(a);
          byte[] b = a.clone();
          b[random.nextInt(32)] = (byte) random.nextInt();
          Digest left = Digest.fromBytes(a);
          Digest right = Digest.fromBytes(b);
          assertThat(Integer.signum(left.compareTo(right)))
              .isEqualTo(Integer.signum(Arrays.compareUnsigned(a, b)))
              .isEqualTo(Integer.signum(left.hex().compareTo(right.hex())));
          assertThat(left.equals(right)).isEqualTo(Arrays.equals(a, b));
        });
  }

  @Test
  void textOfWrongLengthIsRefusedWithoutEchoingIt() {
    assertThatThrownBy(() -> Digest.parse(EMPTY.substring(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("digest is not 64 hexadecimal digits long: 63");
    assertThatThrownBy(() -> Digest.parse("f".repeat(1 << 20)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("digest is not 64 hexadecimal digits long: 1048576");
  }

  @Test
  void upperCaseAndForeignCharactersAreRefusedByPosition() {
    assertThatThrownBy(() -> Digest.parse("A" + EMPTY.substring(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("digest has a character other than 0-9 and a-f at position 0: 'A'");
    for (char c : new char[] {'/', ':', '`', 'g', ' ', '\n', '\u0660', '\u00e9'}) {
      assertThatThrownBy(() -> Digest.parse(EMPTY.substring(0, 63) + c))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("digest has a character other than 0-9 and a-f at position 63: ");
    }
    assertThatThrownBy(() -> Digest.parse(EMPTY.substring(0, 63) + '\n'))
        .hasMessageEndingWith(": U+000A");
  }

  @Test
  void byteArraysOfWrongLengthAreRefused() {
    assertThatThrownBy(() -> Digest.fromBytes(new byte[33]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("digest is not 32 bytes: 33");
    assertThatThrownBy(() -> Digest.fromBytes(new byte[40], 9))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Digest.of(new byte[0]).writeTo(new byte[40], 9))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
