package io.aifs.tests.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.Macaroon;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.tests.harness.ExternalTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens made here and by pymacaroons, each read, narrowed and verified by the other. */
class MacaroonInteropTest {
  private static final Path SCRIPT = Path.of("src/test/resources/macaroons.py").toAbsolutePath();
  private static final int CASES = 300;
  private static final int TAMPERED = 8;

  @TempDir Path temporary;

  /** A token, what it was made of, and what it becomes. */
  @SuppressWarnings("ArrayRecordComponent") // written out, never compared
  private record Case(
      byte[] key,
      byte[] otherKey,
      String location,
      String identifier,
      List<String> caveats,
      String more,
      List<String> tampered) {
    static Case random(SplittableRandom random) {
      Case made =
          new Case(
              SeededTest.bytes(random, 32),
              SeededTest.bytes(random, 32),
              text(random, 20),
              text(random, 100),
              IntStream.range(0, random.nextInt(8)).mapToObj(_ -> text(random, 150)).toList(),
              text(random, 150),
              List.of());
      List<String> tampered =
          IntStream.range(0, TAMPERED).mapToObj(_ -> made.tamper(random)).toList();
      return new Case(
          made.key,
          made.otherKey,
          made.location,
          made.identifier,
          made.caveats,
          made.more,
          tampered);
    }

    /** One to {@code charsMax} characters, of one to four bytes each. */
    private static String text(SplittableRandom random, int charsMax) {
      StringBuilder text = new StringBuilder();
      for (int left = random.nextInt(1, charsMax + 1); left > 0; left--) {
        text.appendCodePoint(
            switch (random.nextInt(8)) {
              case 0 -> random.nextInt(0xa1, 0x250);
              case 1 -> random.nextInt(0x4e00, 0x9fa5);
              case 2 -> random.nextInt(0x1f300, 0x1f600);
              default -> random.nextInt(' ', 0x7f);
            });
      }
      return text.toString();
    }

    Macaroon token() {
      return Macaroon.mint(key, identifier, location, caveats);
    }

    /** The token with one bit changed, wherever but in the location, which is not signed. */
    private String tamper(SplittableRandom random) {
      byte[] bytes = Base64.getUrlDecoder().decode(token().serialize());
      int locationFrom = 3; // after the version, the type of the field and its length
      int locationTo = locationFrom + location.getBytes(UTF_8).length;
      int at = random.nextInt(bytes.length - (locationTo - locationFrom));
      bytes[at < locationFrom ? at : at + locationTo - locationFrom] ^=
          (byte) (1 << random.nextInt(8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String line() {
      return String.join(
          "\t",
          HexFormat.of().formatHex(key),
          HexFormat.of().formatHex(otherKey),
          hex(location),
          hex(identifier),
          caveats.stream().map(Case::hex).collect(Collectors.joining(",")),
          hex(more),
          token().serialize(),
          token().attenuate(more).serialize(),
          String.join(",", tampered));
    }

    private static String hex(String text) {
      return HexFormat.of().formatHex(text.getBytes(UTF_8));
    }
  }

  @Test
  void eachSideVerifiesAndNarrowsWhatTheOtherMade() throws IOException {
    SplittableRandom random = new SplittableRandom(SeededTest.seed());
    List<Case> cases = IntStream.range(0, CASES).mapToObj(_ -> Case.random(random)).toList();

    List<String> answers = answers(cases);

    assertThat(answers).hasSameSizeAs(cases);
    for (int i = 0; i < CASES; i++) {
      Case made = cases.get(i);
      String[] answer = answers.get(i).split("\t", -1);
      assertThat(answer[0])
          .as("verdicts on case %d: ours, other key, narrowed", i)
          .isEqualTo("101");
      assertThat(answer[1]).as("tampered ones of case %d", i).isEqualTo("0".repeat(TAMPERED));
      made.tampered().forEach(text -> assertThat(verifies(text, made.key())).isFalse());
      requireOurs(answer[2], made.caveats(), made);
      List<String> narrowed = new ArrayList<>(made.caveats());
      narrowed.add(made.more());
      requireOurs(answer[3], narrowed, made);
      assertThat(answer[2]).as("byte for byte").isEqualTo(made.token().serialize());
      assertThat(answer[3])
          .as("byte for byte")
          .isEqualTo(made.token().attenuate(made.more()).serialize());
    }
  }

  /** What pymacaroons made verifies here, and is what was asked for. */
  private static void requireOurs(String text, List<String> caveats, Case made) {
    Macaroon token = Macaroon.parse(text);
    assertThat(token.verifySignature(made.key())).isTrue();
    assertThat(token.verifySignature(made.otherKey())).isFalse();
    assertThat(token.identifier()).isEqualTo(made.identifier());
    assertThat(token.caveats()).isEqualTo(caveats);
  }

  private static boolean verifies(String text, byte[] key) {
    try {
      return Macaroon.parse(text).verifySignature(key);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private List<String> answers(List<Case> cases) throws IOException {
    String python = ExternalTool.python("pymacaroons", "python3-pymacaroons");
    Path file = temporary.resolve("cases");
    Files.write(file, cases.stream().map(Case::line).toList());
    ExternalTool.Output output =
        ExternalTool.run(temporary, List.of(python, SCRIPT.toString(), file.toString()));
    assertThat(output.exit()).as("exit code; it said:%n%s", output.text()).isZero();
    return output.text().lines().toList();
  }
}
