package io.aifs.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.token.CaveatKind;
import io.aifs.crypto.testing.SeededTest;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holders of tokens write into them is what this server reads, no more and no less. */
class WrittenCaveatsTest {
  private static final List<String> VALUES =
      List.of(
          "2027-02-19T00:00:00Z",
          "2027-02-19T00:00:00.123456789+01:00",
          "2027-02-19",
          "put",
          "get,list",
          "PUT",
          "a",
          "a,b.c_d-e",
          "A",
          "data/train",
          "data//train",
          "/data",
          "..",
          "main",
          "snap",
          "snap:00112233445566778899aabbccddeeff",
          "snap:0011",
          "00112233445566778899aabbccddeeff",
          "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
          "AF1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
          "tensor",
          "tensor,embed",
          "Tensor",
          "1",
          "0",
          "01",
          "+1",
          "999999999999999999",
          "1000000000000000000",
          "1/s",
          "100/m",
          "100/h",
          "100/d",
          "0/s",
          "1/s/s",
          "/s",
          "local",
          "10.0.0.1",
          "10.0.0.0/8",
          "10.0.0.0/0",
          "10.0.0.0/33",
          "10.0.0.0/08",
          "10.0.0.0/",
          "256.0.0.1",
          "1.2.3",
          "010.0.0.1",
          "::1",
          "fd00::/8",
          "fd00::/129",
          "::ffff:1.2.3.4",
          "::ffff:1.2.3.4/96",
          "fe80::1%eth0",
          ":",
          ":::",
          "1:2",
          "localhost",
          "",
          " ",
          "put, get");

  @Test
  void everyKindAndEveryValueIsReadAsItIsWritten() {
    for (CaveatKind kind : CaveatKind.values()) {
      for (String value : VALUES) {
        requireAgreement(kind.key() + " = " + value);
        requireAgreement(kind.key() + " = " + value + ",");
        requireAgreement(kind.key() + "=" + value);
      }
    }
    VALUES.forEach(value -> requireAgreement("colour = " + value));
  }

  @Test
  void randomValuesAreReadAsTheyAreWritten() {
    SeededTest.run(
        2_000,
        random -> {
          List<CaveatKind> kinds = List.of(CaveatKind.values());
          CaveatKind kind = kinds.get(random.nextInt(kinds.size()));
          requireAgreement(kind.key() + " = " + randomValue(random));
        });
  }

  private static String randomValue(SplittableRandom random) {
    StringBuilder value = new StringBuilder(VALUES.get(random.nextInt(VALUES.size())));
    for (int edits = random.nextInt(3); edits > 0 && !value.isEmpty(); edits--) {
      int at = random.nextInt(value.length());
      String signs = "0123456789abcdefs:./, =-+%\u00e4";
      value.setCharAt(at, signs.charAt(random.nextInt(signs.length())));
    }
    return random.nextBoolean()
        ? value.toString()
        : value + "," + VALUES.get(random.nextInt(VALUES.size()));
  }

  @Test
  void theMethodsAreTheSame() {
    assertThat(CaveatKind.METHOD_WORDS)
        .isEqualTo(
            Arrays.stream(Permission.values()).map(Permission::word).collect(Collectors.toSet()));
  }

  private static void requireAgreement(String caveat) {
    assertThat(isTaken(() -> CaveatKind.checked(caveat)))
        .as("'%s' is written", caveat)
        .isEqualTo(isTaken(() -> Caveat.parse(caveat)));
  }

  private static boolean isTaken(Runnable reading) {
    try {
      reading.run();
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
