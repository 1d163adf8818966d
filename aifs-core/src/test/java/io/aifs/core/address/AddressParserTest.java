package io.aifs.core.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.testing.Fixture;
import io.aifs.crypto.testing.SeededTest;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AddressParserTest {
  private static final String ID = "0123456789abcdef".repeat(4);
  private static final String SNAP = "0123456789abcdef".repeat(2);

  private final AddressParser parser = new AddressParser(new Name("ns"));

  /** Lines of {@code text => type | full form}; {@code ID} and {@code SNAP} stand for ids. */
  static Stream<String> good() {
    return Fixture.lines(AddressParserTest.class, "good.txt").stream();
  }

  /** Lines of {@code text => part of the message}. */
  static Stream<String> bad() {
    return Fixture.lines(AddressParserTest.class, "bad.txt").stream();
  }

  @ParameterizedTest
  @MethodSource("good")
  void wellFormedAddressIsRead(String line) {
    List<String> parts = split(line, " => ");
    List<String> expected = split(parts.get(1), " | ");
    Address address = parser.parse(parts.get(0));
    assertThat(address.getClass().getSimpleName()).isEqualTo(expected.get(0));
    assertThat(address).hasToString(expected.get(1));
    assertThat(parser.parse(address.toString())).isEqualTo(address);
    if (!(address instanceof Address.AssetPrefix)) {
      assertThat(AddressParser.parseFull(address.toString())).isEqualTo(address);
    }
  }

  @ParameterizedTest
  @MethodSource("bad")
  void malformedAddressIsRefused(String line) {
    List<String> parts = split(line, " => ");
    var failure =
        catchThrowableOfType(AifsException.InvalidRequest.class, () -> parser.parse(parts.get(0)));
    assertThat(failure).as("thrown for %s", parts.get(0)).isNotNull();
    assertThat(failure.reason()).isEqualTo(Reason.ADDRESS_INVALID);
    assertThat(failure.field()).isEqualTo("address");
    assertThat(failure.getMessage()).contains(parts.get(1));
    assertThat(failure.hint()).isNotBlank();
  }

  @Test
  void charactersThatAreHardToPrintAreRefusedOrKept() {
    for (String text : List.of("main:a\0b", "aifs://ns/main/\ud800", "a\0", "aifs://n\0s/main/x")) {
      assertThatThrownBy(() -> parser.parse(text)).isInstanceOf(AifsException.InvalidRequest.class);
    }
    for (String path : List.of("a\nb", "e\u0301", "\u00e9", "\ud83d\ude00", " a ", "a\tb")) {
      assertThat(parser.parse(path)).hasToString("aifs://ns/main/" + path);
    }
  }

  @Test
  void whereARefIsMeantItsNameIsEnough() {
    Map<String, String> read =
        Map.of(
            "v1",
            "aifs://ns/v1/",
            "v1:",
            "aifs://ns/v1/",
            "deadbeef",
            "aifs://ns/deadbeef/",
            "main~2:a/b",
            "aifs://ns/main~2/a/b",
            "main@{2026-01-01T10:00:00Z}:a",
            "aifs://ns/main@{2026-01-01T10:00:00Z}/a",
            SNAP,
            "aifs://ns/snap:" + SNAP + "/",
            SNAP + "~1",
            "aifs://ns/snap:" + SNAP + "~1/",
            "snap:" + SNAP + ":a",
            "aifs://ns/snap:" + SNAP + "/a",
            "aifs-snap://" + SNAP,
            "aifs://ns/snap:" + SNAP + "/",
            "aifs://other/v1",
            "aifs://other/v1/");
    read.forEach((text, full) -> assertThat(parser.parseRef(text)).hasToString(full));
  }

  @Test
  void whereARefIsMeantNothingElseIsRead() {
    for (String text :
        List.of("", "a/b", "./a", "/a", "V1", "main~", "main~1~2", "snap:1", "http://x", "snap")) {
      assertThatThrownBy(() -> parser.parseRef(text))
          .as(text)
          .isInstanceOf(AifsException.InvalidRequest.class);
    }
    for (String asset : List.of(ID, "aifs://" + ID, "aifs://ns/" + ID)) {
      assertThatThrownBy(() -> parser.parseRef(asset)).hasMessageContaining("names an asset");
    }
  }

  @Test
  void shortFormIsNoFullForm() {
    for (String text : List.of("main:x", "x", ID, "./x", "")) {
      assertThatThrownBy(() -> AddressParser.parseFull(text))
          .isInstanceOf(AifsException.InvalidRequest.class);
    }
  }

  @Test
  void longAddressIsRefusedUnread() {
    assertThatThrownBy(() -> parser.parse("a/".repeat(10_000_000) + "a"))
        .hasMessageContaining("over 4608 bytes");
  }

  @Test
  void anyTextIsAnAddressThatRoundTripsOrInvalid() {
    String[] pieces = {
      "aifs://",
      "aifs-snap://",
      "ns",
      "main",
      "snap:",
      SNAP,
      ID,
      "/",
      ":",
      "~",
      "1",
      "@{",
      "}",
      "2026-11-21",
      "T10:00:00Z",
      "..",
      ".",
      "deadbeef",
      "%2e",
      "\0",
      "\ud800",
      "é",
      "A",
      " "
    };
    SeededTest.run(
        3_000,
        random -> {
          String text = randomText(random, pieces);
          try {
            Address address = parser.parse(text);
            assertThat(parser.parse(address.toString())).isEqualTo(address);
          } catch (AifsException.InvalidRequest e) {
            assertThat(e.reason()).isEqualTo(Reason.ADDRESS_INVALID);
            assertThat(e.getMessage()).doesNotContainPattern("\\p{Cntrl}");
          }
        });
  }

  private static String randomText(SplittableRandom random, String[] pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    for (int i = random.nextInt(3); i > 0 && !text.isEmpty(); i--) {
      text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(128));
    }
    return text.toString();
  }

  /** Two parts; a missing separator is a mistake in the table. */
  private static List<String> split(String line, String separator) {
    int at = line.lastIndexOf(separator);
    assertThat(at).as("separator in %s", line).isNotNegative();
    String left = line.substring(0, at);
    String right = line.substring(at + separator.length());
    return List.of(expand(left), expand(right));
  }

  private static String expand(String text) {
    return text.replace("<ID>", ID).replace("<SNAP>", SNAP);
  }
}
