package io.aifs.cli.transfer;

import io.aifs.core.AifsException;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ignore files, globs and ranges. */
class TransferFuzzTest {
  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    String[] lines = {
      "*.tmp",
      "/build/",
      "!keep.me",
      "**/node_modules/**",
      "a/[!a-z0-9]?",
      "\\[x\\]\\ ",
      "# no",
      "[]a]"
    };
    return List.of(
        FuzzTarget.text(IgnorePattern.class, "parse", TransferFuzzTest::matched, lines)
            .refusesWith(AifsException.InvalidRequest.class)
            .remembers("W3otYV0=", "Klthb12tLV0=", setOfMany(40_000))
            .allocates(4 << 20, 1_024),
        FuzzTarget.text(
                IgnoreRules.class, "of", line -> IgnoreRules.of(List.of(line)), "*.tmp", "/a")
            .refusesWith(AifsException.InvalidRequest.class)
            .allocates(4 << 20, 1_024),
        FuzzTarget.text(GlobRegex.class, "of", GlobRegex::of, lines).allocates(4 << 20, 1_024),
        FuzzTarget.text(ByteRange.class, "parse", TransferFuzzTest::slice, "0-99", "100-", "-100"));
  }

  /** A set with that many characters, which no table holds. */
  private static String setOfMany(int characters) {
    String set = "[" + "\u20ac\u4e00".repeat(characters / 2) + "]";
    return Base64.getEncoder().encodeToString(set.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<Boolean> matched(String line) {
    return Optional.of(
        IgnorePattern.parse(line)
            .map(pattern -> pattern.matches("data/a[1].tmp", false) || pattern.matches("b", true))
            .orElse(false));
  }

  private static ByteRange.Slice slice(String text) {
    return ByteRange.parse(text).of(1_000);
  }
}
