package io.aifs.server.engine.policy;

import io.aifs.core.model.AssetKind;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import io.aifs.server.engine.AssetFacts;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Policies, the schemas in them and the patterns in these; whatever is accepted judges an asset.
 */
class PolicyFuzzTest {
  private static final Map<String, String> METADATA =
      Map.of("lang", "en", "step", "12", "on", "2026-11-26", "long", "ab".repeat(2_000), "", "");

  private static final String[] PATTERNS = {
    "^(f16|bf16|f32)$",
    "^[0-9]{1,9}$",
    "^(?=.*[a-z])(?!x)(?<n>a+?)\\k<n>\\1[^\\]a-c[d-f&&e]]{2,}+$",
    "(?:|a?|(b*)*){3,5}(?<=a{1,3})\\b(?i:x)\\p{L}\\x{41}",
    "(a|aa)+(?>a*)$"
  };

  private static final String[] POLICIES = {
    "{\"version\": 1}",
    "{\"version\": 1, \"kinds\": [\"TENSOR\", \"BLOB\"], \"limits\": {\"asset_bytes_max\": 1000,"
        + " \"metadata_bytes_max\": 100000, \"parents_max\": 3}}",
    "{\"version\": 1, \"metadata\": {\"*\": {\"required\": [\"lang\"], \"properties\": {\"lang\":"
        + " {\"enum\": [\"en\", \"de\"]}, \"step\": {\"pattern\": \"^[0-9]{1,9}$\"}, \"on\":"
        + " {\"format\": \"date\"}}, \"additionalProperties\": {\"maxLength\": 5000}}}}",
    "{\"version\": 1, \"metadata\": {\"TENSOR\": {\"$defs\": {\"a\": {\"pattern\": \"(a|b)+$\"},"
        + " \"b\": {\"allOf\": [{\"$ref\": \"#/$defs/a\"}]}}, \"patternProperties\": {\"^l\":"
        + " {\"$ref\": \"#/$defs/b\"}}, \"if\": {\"required\": [\"pii\"]}, \"then\":"
        + " {\"minProperties\": 2}, \"propertyNames\": {\"maxLength\": 20},"
        + " \"unevaluatedProperties\": {}}}}"
  };

  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    return List.of(
        FuzzTarget.text(PolicyParser.class, "parse", PolicyFuzzTest::judged, POLICIES)
            .refusesWith(PolicyInvalidException.class)
            .allocates(64 << 20, 4_096)
            .costs(10),
        FuzzTarget.text(Patterns.class, "requireValid", PolicyFuzzTest::matched, PATTERNS)
            .refusesWith(PolicyInvalidException.class)
            .allocates(4 << 20, 1_024)
            .costs(4),
        FuzzTarget.text(PatternReader.class, "read", PolicyFuzzTest::read, PATTERNS)
            .refusesWith(PatternSyntaxException.class, PatternReader.UnclearException.class)
            .allocates(1 << 20, 1_024));
  }

  private static List<Violation> judged(String document) throws PolicyInvalidException {
    CompiledPolicy policy = PolicyParser.parse(document);
    return policy.check(new AssetFacts(AssetKind.TENSOR, OptionalLong.of(77), METADATA, 2));
  }

  /** An accepted pattern finds out about values, or gives up; both soon. */
  private static boolean matched(String regex) throws PolicyInvalidException {
    Patterns.requireValid("", regex);
    for (String value : METADATA.values()) {
      try {
        new Patterns().getRegularExpression(regex).matches(value);
      } catch (Steps.UsedUpException _) {
        return false;
      }
    }
    return true;
  }

  private static PatternWork read(String regex) throws PatternReader.UnclearException {
    if (regex.length() > 1_024) {
      throw new PatternReader.UnclearException("it is too long");
    }
    Pattern.compile(regex);
    return PatternReader.read(regex);
  }
}
